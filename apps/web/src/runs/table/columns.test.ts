import type { TableRunFragment } from '../../generated/graphql';
import { columnOf, columnsOf, configValue, metricKeysOf, orderOf } from './columns';

const run = { kind: 'EXTERNAL', config: { lr: 0.1, 'a.b': 1, optimizer: { name: 'adam', 'weight.decay': 2 } }, metrics: [{ key: 'val/loss', last: 3, lastStep: 9, min: 1, max: 5 }, { key: 'odd', last: 'NaN', lastStep: 9, min: null, max: null }] } as unknown as TableRunFragment;

test.each([['lr', 0.1], ['a.b', 1], ['optimizer.name', 'adam'], ['optimizer.weight.decay', 2], ['optimizer.none', undefined], ['lr.deeper', undefined], ['constructor', undefined]])('config %s is %s', (path, expected) => {
  expect(configValue(run.config, path)).toBe(expected);
});

test.each([['m:val/loss', 3], ['min:val/loss', 1], ['max:val/loss', 5], ['m:odd', Number.NaN], ['max:odd', undefined], ['m:none', undefined]])('%s is %s', (id, expected) => {
  expect(columnOf(id)!.value(run)).toBe(expected);
});

test('the name is always the first column; what is no column is left out', () => {
  const columns = columnsOf(['status', 'nonsense', 'm:val/loss', 'toString', 'status', 'max:val/loss']);
  expect(columns.map(({ id }) => id)).toEqual(['name', 'status', 'm:val/loss', 'max:val/loss']);
  expect(metricKeysOf(columns)).toEqual(['val/loss']);
});

test.each([
  ['max:val/accuracy', 'desc', { field: 'METRIC', key: 'val/accuracy', stat: 'MAX', direction: 'DESC' }],
  ['c:lr', 'asc', { field: 'CONFIG', key: 'lr', direction: 'ASC' }],
  ['duration', 'asc', { field: 'DURATION', direction: 'ASC' }],
  ['notes', 'asc', { field: 'CREATED_AT', direction: 'DESC' }],
] as const)('sorting by %s %s', (sort, dir, order) => {
  expect(orderOf(sort, dir)).toEqual(order);
});
