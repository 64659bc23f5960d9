import { metricColumn, metricOf, telling } from './columns';
import { columnsOf } from './testing';

test('numbers, switches, lists and nested values each become a column; what spans two decades is wide', () => {
  const columns = columnsOf([
    { learningRate: 1e-4, freeze: 'head', flip: true, optimizer: { name: 'adam', beta: 0.9 }, sizes: [1, 2] },
    { learningRate: 0.1, freeze: 'full', flip: false, optimizer: { name: 'sgd' }, sizes: [1, 2] },
  ]);
  const of = (id: string) => columns.find((column) => column.id === id)!;
  expect(of('learningRate')).toMatchObject({ kind: 'number', wide: true, min: 1e-4, max: 0.1, distinct: 2 });
  expect(of('freeze')).toMatchObject({ kind: 'category', categories: ['full', 'head'], wide: false });
  expect(of('flip').values).toEqual(['on', 'off']);
  expect(of('optimizer.beta').values).toEqual([0.9, null]);
  expect(of('sizes')).toMatchObject({ distinct: 1, values: ['[1,2]', '[1,2]'] });
  expect(telling(columns).map(({ id }) => id)).toEqual(['learningRate', 'freeze', 'optimizer.name', 'flip']);
});

test('a value that is a number in some runs and a word in others is a category, its numbers in order', () => {
  expect(columnsOf([{ x: 16 }, { x: 'auto' }, { x: 8 }, { x: 0.25 }, { x: '0.5' }])[0]).toMatchObject({ kind: 'category', values: ['16', 'auto', '8', '0.25', '0.5'], categories: ['0.25', '0.5', '8', '16', 'auto'] });
});

test('the best of a metric follows its direction; runs without it have nothing', () => {
  const logged = new Map([['a', new Map([['val/loss', { last: 0.5, min: 0.3, max: 0.9 }]])]]);
  const runs = [{ id: 'a' }, { id: 'b' }];
  expect(metricColumn('best:val/loss', runs, logged, true).values).toEqual([0.3, null]);
  expect(metricColumn('best:val/loss', runs, logged, false).values).toEqual([0.9, null]);
  expect(metricColumn('last:val/loss', runs, logged, true).values).toEqual([0.5, null]);
  expect(metricOf('best:a:b')).toEqual({ statistic: 'best', key: 'a:b' });
  expect(metricOf('run:backbone')).toBeNull();
});
