'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { RunGroupsDocument, type MetricAggregateInput, type RunOrder } from '../../generated/graphql';
import { columnOf, type RunColumn } from '../table/columns';
import { readPages, type RunList } from '../table/read-runs';
import { RunPages } from '../table/run-pages';
import { GroupTree } from './group-tree';
import { orderGroups } from './order-groups';

export const mostLevels = 3;
const mostGroups = 500;
const mostAggregates = 10;

/** Columns that can be grouped by, of those an address names. */
export const groupColumns = (ids: readonly string[]): RunColumn[] => [...new Set(ids)].flatMap((id) => columnOf(id) ?? []).filter(({ group }) => group).slice(0, mostLevels);

/** The one that the table is sorted by is among them. */
function aggregatesOf(columns: readonly RunColumn[], { field, key, stat }: RunOrder): MetricAggregateInput[] {
  const shown = columns.flatMap((column) => (column.kind === 'metric' ? [{ key: column.key, stat: column.stat! }] : []));
  const sorted = field === 'METRIC' ? [{ key: key!, stat: stat! }] : [];
  return [...sorted, ...shown.filter((each) => field !== 'METRIC' || each.key !== key || each.stat !== stat)].slice(0, mostAggregates);
}

/** null: nothing is grouped. */
export function useGroups(list: RunList, by: readonly RunColumn[], columns: readonly RunColumn[], keys: readonly string[]): { tree: GroupTree | null; version: number; error: Error | null; read: () => Promise<void> | undefined } {
  const client = useApolloClient();
  const [version, changed] = useReducer((count: number) => count + 1, 0);
  const [tree, setTree] = useState<GroupTree | null>(null);
  const newest = useRef<GroupTree | null>(null);
  const aggregated = aggregatesOf(columns, list.orderBy);
  const identity = JSON.stringify([list, by.map(({ id }) => id), aggregated, keys]);
  useEffect(() => {
    newest.current = null;
    if (by.length === 0) return setTree(null);
    let current = true;
    const made: GroupTree = new GroupTree({
      titles: by.map(({ title }) => title),
      readGroups: async (level, filter) => {
        const group = by[level]!.group!;
        // The filter of a group holds the search that led to it.
        const variables = { project: list.project, search: level === 0 ? list.search : null, filter: level === 0 ? list.filter : filter, fields: 'field' in group ? [group.field] : [], by: 'param' in group ? [group.param] : [], metrics: aggregated, first: mostGroups };
        const { runGroups } = (await client.query({ query: RunGroupsDocument, variables, fetchPolicy: 'no-cache' })).data!;
        return { groups: orderGroups(runGroups.nodes, list.orderBy, group), total: runGroups.totalCount };
      },
      openPages: (filter, told) => new RunPages(readPages(client, { ...list, search: null, filter }, keys), told),
      changed: () => {
        if (!current) return;
        // The groups before are shown until these are there.
        if (made.roots) setTree(made);
        changed();
      },
    });
    newest.current = made;
    return () => {
      current = false;
    };
  }, [client, identity]);
  return { tree: by.length > 0 ? tree : null, version, error: newest.current?.error ?? null, read: useCallback(() => newest.current?.read(), []) };
}
