import { paretoFront } from './pareto';

const points = [{ name: 'small', x: 1, y: 60 }, { name: 'beaten', x: 3, y: 59 }, { name: 'twin', x: 1, y: 55 }, { name: 'large', x: 10, y: 80 }, { name: 'larger', x: 20, y: 80 }];
const names = (better: 'more' | 'less') => paretoFront(points, better).map(({ name }) => name);

test('what is small and accurate is at the front', () => expect(names('less')).toEqual(['small', 'large']));
test('when more is better, the other side is', () => expect(names('more')).toEqual(['larger']));
test('no points have no front', () => expect(paretoFront([], 'less')).toEqual([]));
