import { createLoader, createSerializer, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { CompareQueryVariables } from '../generated/graphql';
import { orderOf } from '../runs/table/columns';
import { tableQuery } from '../runs/table/table-address';

/**
 * Which runs a page is about, in its address: those that are named (`runs`), or the first `first` that the search `q`
 * finds in the order of the runs table. A selection too long to be named is a search.
 */
export const selectionAddress = {
  runs: parseAsArrayOf(parseAsString),
  q: parseAsString.withDefault(''),
  sort: parseAsString.withDefault('created'),
  dir: parseAsStringLiteral(['asc', 'desc']).withDefault('desc'),
  first: parseAsInteger.withDefault(100),
};

export const loadSelection = createLoader(selectionAddress);

type Selection = Awaited<ReturnType<typeof loadSelection>>;

/** At most this many are named: addresses beyond some 8,000 characters do not travel everywhere. */
export const mostNamed = 100;
export const mostCompared = 1000;

/** `/p/PROJECT/compare` with its query, for links; base: the run that the others are held against. */
export const selectionQuery = createSerializer({ ...selectionAddress, base: parseAsString });

/** `/p/PROJECT/runs` with its query, to choose other runs: these are ticked there, or searched for where they are too many to be named. */
export function choiceQuery(ids: readonly string[], { q, sort, dir }: Pick<Selection, 'q' | 'sort' | 'dir'>): string {
  return ids.length <= mostNamed ? tableQuery({ selected: [...ids] }) : tableQuery({ q, sort, dir });
}

/** The variables of a query for the selected runs: those that are named the oldest first, those that are searched for in the order of the table. */
export function selectionVariables({ runs, q, sort, dir, first }: Selection): Omit<CompareQueryVariables, 'project'> {
  if (runs) return { ids: runs.slice(0, mostCompared), search: null, first: Math.min(runs.length || 1, mostCompared), orderBy: { field: 'CREATED_AT', direction: 'ASC' } };
  return { ids: null, search: q || null, first: Math.min(Math.max(first, 1), mostCompared), orderBy: orderOf(sort, dir) };
}
