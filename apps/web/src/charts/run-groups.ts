'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { formatValue } from '../format/numbers';
import { ChartGroupsDocument, type ChartGroupsQuery } from '../generated/graphql';

type Facts = ChartGroupsQuery['runs']['nodes'][number];

/** run id → the group it belongs to; null while that is not known, or when runs are not put together. */
export function useRunGroups(runIds: readonly string[], groupBy: string | null): ReadonlyMap<string, string> | null {
  const ids = useMemo(() => [...runIds].sort(), [runIds]);
  const { data } = useQuery(ChartGroupsDocument, { variables: { ids, first: Math.max(1, ids.length) }, skip: groupBy === null || ids.length === 0 });
  return useMemo(() => (groupBy && data ? new Map(data.runs.nodes.map((run) => [run.id, groupOf(run, groupBy)])) : null), [data, groupBy]);
}

const unset = 'not set';

export function groupOf(run: Facts, groupBy: string): string {
  switch (groupBy) {
    case 'status':
      return run.status.toLowerCase();
    case 'dataset':
      return run.dataset ? `${run.dataset.dataset.name} v${run.dataset.version}` : unset;
    case 'backbone':
      return run.backbone?.title ?? unset;
    case 'tag':
      return [...run.tags].sort().join(', ') || 'no tag';
    default:
      return valueAt(run.config, groupBy.replace(/^config:/, '').split('.'));
  }
}

function valueAt(config: unknown, path: readonly string[]): string {
  let value = config;
  for (const part of path) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  return value === undefined || value === null ? unset : formatValue(value);
}
