import { defaultColumns, loadTable, shortId, tableQuery, toggled, viewState, type TableAddress } from './table-address';

const start = loadTable('');

test('a table as it always is has an empty address', () => {
  expect(tableQuery(start)).toBe('');
  expect(viewState({ ...start, selected: ['x'], view: 'mine' })).toBe('');
});

test('an address gives the same table again, whatever keys are called', () => {
  const odd = 'm:odd, *key* 100% & more/ü';
  const table: TableAddress = {
    ...start, q: 'val/accuracy > 0.9 and tag = "a, b"', sort: odd, dir: 'asc', cols: ['name', odd, 'c:optimizer.name'], pin: 2, w: { [odd]: 240, name: 180 }, group: ['c:freeze', 'status'], open: ['/"a, b/ü"', '/"a, b/ü"/null'],
    hide: [shortId('01a21aae-11a2-7845-81c5-ce38f8a6e7bc')], colour: { f8a6e7bc01: 3 }, base: '01a21aae-11a2-7845-81c5-ce38f8a6e7bc', archived: true, metric: odd, chart: false, xAxis: 'relative', smoothing: 0.6, logX: true, logY: true, groupBy: 'status', spread: 'range', outliers: 'tukey', selected: ['a', 'b'], view: 'v',
  };
  expect(loadTable(tableQuery(table))).toEqual(table);
  expect(loadTable(`?${viewState(table)}`)).toEqual({ ...table, open: [], selected: [], view: null });
});

test('what makes no sense in an address is left out', () => {
  expect(loadTable('?w=name*wide,,*3,status*90&dir=up')).toMatchObject({ w: { status: 90 }, dir: 'desc', cols: defaultColumns });
});

test('a group is unfolded and folded; of too many for an address the first is folded', () => {
  expect(toggled(['/1', '/2'], '/3')).toEqual(['/1', '/2', '/3']);
  expect(toggled(['/1', '/2'], '/1')).toEqual(['/2']);
  const many = Array.from({ length: 100 }, (_, n) => `/${n}`);
  expect(toggled(many, '/new')).toEqual([...many.slice(1), '/new']);
});
