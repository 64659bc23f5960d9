import { moveBefore, setPinned, stepBy } from './move-columns';

const ids = ['name', 'a', 'b', 'c'];

test('columns move, the name stays first', () => {
  expect(moveBefore(ids, 'c', 'a')).toEqual(['name', 'c', 'a', 'b']);
  expect(moveBefore(ids, 'a', null)).toEqual(['name', 'b', 'c', 'a']);
  expect(moveBefore(ids, 'b', 'name')).toEqual(['name', 'b', 'a', 'c']);
  expect(moveBefore(ids, 'new', 'b')).toEqual(['name', 'a', 'new', 'b', 'c']);
  expect(stepBy(ids, 'a', 1)).toEqual(['name', 'b', 'a', 'c']);
  expect([stepBy(ids, 'a', -1), stepBy(ids, 'c', 1), stepBy(ids, 'name', 1), stepBy(ids, 'x', 1)]).toEqual([ids, ids, ids, ids]);
});

test('pins join the pinned at their end and leave to right behind them', () => {
  expect(setPinned(ids, 1, 'c', true)).toEqual({ cols: ['name', 'c', 'a', 'b'], pin: 2 });
  expect(setPinned(ids, 3, 'a', false)).toEqual({ cols: ['name', 'b', 'a', 'c'], pin: 2 });
  expect(setPinned(ids, 2, 'a', true)).toEqual({ cols: ids, pin: 2 });
});
