import { orderGroups } from './order-groups';

const group = (value: unknown, mean: number | null) => ({ count: 1, filter: {}, values: [{ key: 'lr', value }], statusCounts: [], aggregates: [{ key: 'loss', stat: 'MIN' as const, count: 1, mean, std: null, min: mean, max: mean }] });
const groups = [group(0.1, 3), group('16', null), group(null, 1), group(16, 2)];
const ordered = (order: Parameters<typeof orderGroups>[1], by: Parameters<typeof orderGroups>[2] = { param: 'lr' }) => orderGroups(groups, order, by).map(({ values: [first] }) => first!.value);

test('by the mean of a metric, those without one last', () => {
  expect(ordered({ field: 'METRIC', key: 'loss', stat: 'MIN', direction: 'ASC' })).toEqual([null, 16, 0.1, '16']);
  expect(ordered({ field: 'METRIC', key: 'loss', stat: 'MIN', direction: 'DESC' })).toEqual([0.1, 16, null, '16']);
});

test('by what they are grouped by', () => {
  expect(ordered({ field: 'CONFIG', key: 'lr', direction: 'ASC' })).toEqual([0.1, 16, '16', null]);
  expect(ordered({ field: 'CONFIG', key: 'lr', direction: 'DESC' })).toEqual(['16', 16, 0.1, null]);
});

test('by anything else: the largest first', () => {
  expect(ordered({ field: 'CREATED_AT', direction: 'DESC' })).toEqual([0.1, '16', null, 16]);
  expect(ordered({ field: 'CONFIG', key: 'other', direction: 'ASC' })).toEqual([0.1, '16', null, 16]);
  expect(ordered({ field: 'STATUS', direction: 'ASC' })).toEqual([0.1, '16', null, 16]);
});
