import { createLoader, createSerializer, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';

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

/** `/p/PROJECT/compare` with its query, for links. */
export const selectionQuery = createSerializer(selectionAddress);

/** The variables of a query for the selected runs. */
export function selectionVariables({ runs, q, first }: Selection) {
  return runs ? { ids: runs.slice(0, mostCompared), search: null, first: Math.min(runs.length || 1, mostCompared) } : { ids: null, search: q || null, first: Math.min(Math.max(first, 1), mostCompared) };
}
