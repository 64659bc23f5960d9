import type { ApolloClient } from '@apollo/client';
import { RunIdsDocument, RunTableDocument, RunTablePartDocument, RunTagsDocument, TableRunsDocument, type RunFilter, type RunOrder, type TableRunFragment } from '../../generated/graphql';
import type { ReadPage } from './run-pages';

/** Which runs, and in which order. */
export interface RunList {
  project: string;
  search: string | null;
  filter: RunFilter | null;
  orderBy: RunOrder;
}

/** Rows are kept in pages, not in the client's cache. */
const fetchPolicy = 'no-cache';

export const readPages = (client: ApolloClient, list: RunList, keys: readonly string[]): ReadPage => async (offset, first, count) => {
  const variables = { ...list, offset, first, keys: [...keys] };
  if (!count) return { rows: (await client.query({ query: RunTablePartDocument, variables, fetchPolicy })).data!.runs.nodes, total: null };
  const { runs } = (await client.query({ query: RunTableDocument, variables, fetchPolicy })).data!;
  return { rows: runs.nodes, total: runs.totalCount };
};

const atOnce = 1000;

/** As many as one answer holds at a time. */
async function inParts<Run>(ids: readonly string[], read: (part: { ids: string[]; first: number }) => Promise<readonly Run[]>): Promise<Run[]> {
  const found: Run[] = [];
  for (let at = 0; at < ids.length; at += atOnce) {
    const part = ids.slice(at, at + atOnce);
    found.push(...(await read({ ids: part, first: part.length })));
  }
  return found;
}

/** In any order; those that are deleted are left out. */
export const readRuns = (client: ApolloClient, ids: readonly string[], keys: readonly string[]): Promise<TableRunFragment[]> =>
  inParts(ids, async (part) => (await client.query({ query: TableRunsDocument, variables: { ...part, keys: [...keys] }, fetchPolicy })).data!.runs.nodes);

/** In any order. */
export const readTags = (client: ApolloClient, ids: readonly string[]): Promise<{ id: string; tags: string[] }[]> =>
  inParts(ids, async (part) => (await client.query({ query: RunTagsDocument, variables: part, fetchPolicy })).data!.runs.nodes);

/** What can be deleted or tagged at once. */
export const mostSelected = 10_000;

/** Ids of a stretch of a list, whether its rows were looked at or not. */
export async function readIds(client: ApolloClient, list: RunList, from = 0, count = mostSelected): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const first = Math.min(atOnce, count - ids.length);
    const { nodes } = (await client.query({ query: RunIdsDocument, variables: { ...list, offset: from + ids.length, first }, fetchPolicy })).data!.runs;
    ids.push(...nodes.map(({ id }) => id));
    if (nodes.length < first) break;
  }
  return ids;
}
