import { mostCompared, selectionVariables } from './selection';

const search = { runs: null, q: 'tag:grid', sort: 'max:val/accuracy', dir: 'desc' as const, first: 300 };

test('a search compares the first runs in the order of the table', () => {
  expect(selectionVariables(search)).toEqual({ ids: null, search: 'tag:grid', first: 300, orderBy: { field: 'METRIC', key: 'val/accuracy', stat: 'MAX', direction: 'DESC' } });
  expect(selectionVariables({ ...search, first: 5000 }).first).toBe(mostCompared);
});

test('runs that are named are compared whatever the search', () => {
  expect(selectionVariables({ ...search, runs: ['b', 'a'] })).toEqual({ ids: ['b', 'a'], search: null, first: 2, orderBy: { field: 'CREATED_AT', direction: 'ASC' } });
});
