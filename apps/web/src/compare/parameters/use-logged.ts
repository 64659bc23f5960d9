'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { ComparedMetricsDocument } from '../../generated/graphql';
import type { Logged } from './columns';

/** What the runs logged under these keys. */
export function useLogged(ids: readonly string[], keys: readonly string[]) {
  const variables = { ids: [...ids], first: Math.max(1, ids.length), keys: [...new Set(keys)].sort() };
  const { data, previousData, loading, error, refetch } = useQuery(ComparedMetricsDocument, { variables, skip: ids.length === 0 });
  const answer = data ?? previousData;
  const logged = useMemo<Logged | null>(() => {
    if (!answer) return null;
    return new Map(answer.runs.nodes.map(({ id, metrics }) => [id, new Map(metrics.map(({ key, last, min, max }) => [key, { last: Number(last ?? Number.NaN), min: Number(min ?? Number.NaN), max: Number(max ?? Number.NaN) }]))]));
  }, [answer]);
  return { logged, loading, error, refetch };
}
