'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { MetricAggregateInput, RunOrder } from '../../generated/graphql';
import { columnOf, type RunColumn } from '../table/columns';
import type { RunList } from '../table/read-runs';
import type { GroupTree } from './group-tree';

export const mostLevels = 3;
const mostAggregates = 10;

/** Columns that can be grouped by, of those an address names. */
export const groupColumns = (ids: readonly string[]): RunColumn[] => [...new Set(ids)].flatMap((id) => columnOf(id) ?? []).filter(({ group }) => group).slice(0, mostLevels);

/** The one that the table is sorted by is among them. */
function aggregatesOf(columns: readonly RunColumn[], { field, key, stat }: RunOrder): MetricAggregateInput[] {
  const shown = columns.flatMap((column) => (column.kind === 'metric' ? [{ key: column.key, stat: column.stat! }] : []));
  const sorted = field === 'METRIC' ? [{ key: key!, stat: stat! }] : [];
  return [...sorted, ...shown.filter((each) => field !== 'METRIC' || each.key !== key || each.stat !== stat)].slice(0, mostAggregates);
}

/** open: paths of the groups that are unfolded. tree null: nothing is grouped. */
export function useGroups(list: RunList, by: readonly RunColumn[], columns: readonly RunColumn[], keys: readonly string[], open: readonly string[]): { tree: GroupTree | null; version: number; error: Error | null; read: () => Promise<void> } {
  const client = useApolloClient();
  const [version, changed] = useReducer((count: number) => count + 1, 0);
  const [attempt, again] = useReducer((count: number) => count + 1, 0);
  const [tree, setTree] = useState<GroupTree | null>(null);
  const [unread, setUnread] = useState<Error | null>(null);
  const newest = useRef<GroupTree | null>(null);
  const unfolded = useRef(open);
  useEffect(() => {
    unfolded.current = open;
    newest.current?.unfold(open);
  }, [open]);
  const metrics = aggregatesOf(columns, list.orderBy);
  const identity = JSON.stringify([list, by.map(({ id }) => id), metrics, keys]);
  useEffect(() => {
    newest.current = null;
    setUnread(null);
    if (by.length === 0) return setTree(null);
    let current = true;
    const grow = async () => {
      const { growTree } = await import('./grow-tree');
      if (!current) return;
      newest.current = growTree({ client, list, by, metrics, keys, open: unfolded.current, changed: (grown) => {
        if (!current) return;
        // The groups before are shown until these are there.
        if (grown.roots) setTree(grown);
        changed();
      } });
    };
    grow().catch((error: Error) => current && setUnread(error));
    return () => {
      current = false;
    };
  }, [client, identity, attempt]);
  const isGrouped = by.length > 0;
  const read = useCallback(async () => {
    if (newest.current) await newest.current.read();
    else if (isGrouped) again();
  }, [isGrouped]);
  return { tree: isGrouped ? tree : null, version, error: unread ?? newest.current?.error ?? null, read };
}
