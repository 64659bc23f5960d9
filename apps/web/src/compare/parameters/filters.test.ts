import { readFilters, remaining, writeFilters, type Filters } from './filters';
import { columnsOf } from './testing';

const columns = columnsOf([{ rate: 0.1, freeze: 'head' }, { rate: 0.01, freeze: 'full' }, { rate: 0.001, freeze: 'head' }, { freeze: 'head' }]);

test('a run remains when every filtered axis lets it through; one without the value does not', () => {
  expect(remaining(columns, {}, 4)).toEqual([0, 1, 2, 3]);
  expect(remaining(columns, { rate: { from: 0.005, to: null } }, 4)).toEqual([0, 1]);
  expect(remaining(columns, { rate: { from: null, to: 0.05 }, freeze: { among: ['head'] } }, 4)).toEqual([2]);
  expect(remaining(columns, { freeze: { among: [] } }, 4)).toEqual([]);
});

test('filters go through an address and back, whatever their values are called', () => {
  const filters: Filters = { 'best:val/loss': { from: null, to: 0.25 }, rate: { from: 1e-5, to: 0.1 }, freeze: { among: ['head', 'a,b!c~d*e..f'] }, 'odd~name': { from: 1, to: null } };
  expect(readFilters(writeFilters(filters))).toEqual(filters);
  expect(readFilters('')).toEqual({});
  expect(readFilters('broken!x~..nonsense')).toEqual({ x: { from: null, to: null } });
});
