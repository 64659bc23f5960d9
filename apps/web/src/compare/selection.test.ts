import { choiceQuery, mostCompared, mostNamed, selectionQuery, selectionVariables } from './selection';

const search = { runs: null, q: 'tag:grid', sort: 'max:val/accuracy', dir: 'desc' as const, first: 300 };

test('a search compares the first runs in the order of the table', () => {
  expect(selectionVariables(search)).toEqual({ ids: null, search: 'tag:grid', first: 300, orderBy: { field: 'METRIC', key: 'val/accuracy', stat: 'MAX', direction: 'DESC' } });
  expect(selectionVariables({ ...search, first: 5000 }).first).toBe(mostCompared);
});

test('runs that are named are compared whatever the search', () => {
  expect(selectionVariables({ ...search, runs: ['b', 'a'] })).toEqual({ ids: ['b', 'a'], search: null, first: 2, orderBy: { field: 'CREATED_AT', direction: 'ASC' } });
});

test("the table's baseline goes along", () => {
  expect(selectionQuery('/compare', { runs: ['a', 'b'], base: 'b' })).toBe('/compare?runs=a,b&base=b');
  expect(selectionQuery('/compare', { runs: ['a', 'b'], base: null })).toBe('/compare?runs=a,b');
});

const shown = { q: 'val/accuracy > 0.9', sort: 'name', dir: 'asc' } as const;
const ids = (count: number) => Array.from({ length: count }, (_, index) => `run${index}`);

test('few runs are ticked by name in the table', () => {
  expect(choiceQuery(['a', 'b'], shown)).toBe('?selected=a,b');
  expect(choiceQuery(ids(mostNamed), shown)).toContain('run99');
});

test('more runs than an address holds are searched for again', () => {
  const query = new URLSearchParams(choiceQuery(ids(mostNamed + 1), shown));
  expect(Object.fromEntries(query)).toEqual(shown);
});
