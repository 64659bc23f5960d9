'use client';

import { useApolloClient } from '@apollo/client/react';
import type { MetricPoints } from '@thaw/series';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { MetricsAppendedDocument, MetricSeriesDocument } from '../generated/graphql';
import { onReconnect, useConnection } from '../graphql/connection';
import { decodePoints, mergePoints, type Points } from './points';

/** run id → metric key → points */
export type SeriesByRun = ReadonlyMap<string, ReadonlyMap<string, Points>>;

interface Wanted {
  runIds: readonly string[];
  /** undefined: every key */
  keys?: readonly string[];
  /** those of runIds that still train: their points are appended as they are logged */
  activeIds: readonly string[];
  /** a new value reads everything again, such as after a second attempt began */
  revision?: string;
}

interface Held { series: SeriesByRun; loaded: boolean; error: Error | null }

/** Points of many runs, kept up to date by metricsAppended and, as the truth behind it, by polling. */
export function useSeries({ runIds, keys, activeIds, revision = '' }: Wanted): Held & { reload: () => void } {
  const client = useApolloClient();
  const connection = useConnection();
  const [held, setHeld] = useState<Held>({ series: new Map(), loaded: false, error: null });
  const ids = runIds.join(' ');
  const wantedKeys = keys?.join('\n');
  const active = activeIds.join(' ');

  const read = useCallback(async (signal?: AbortSignal) => {
    if (ids === '') return setHeld({ series: new Map(), loaded: true, error: null });
    try {
      const { data } = await client.query({
        query: MetricSeriesDocument,
        variables: { runIds: ids.split(' '), keys: wantedKeys?.split('\n') },
        fetchPolicy: 'no-cache',
      });
      if (!signal?.aborted) setHeld({ series: collect(data?.metricSeries ?? []), loaded: true, error: null });
    } catch (error) {
      if (!signal?.aborted) setHeld((before) => ({ ...before, loaded: true, error: error as Error }));
    }
  }, [client, ids, wantedKeys]);

  useEffect(() => {
    const controller = new AbortController();
    void read(controller.signal);
    const stop = onReconnect(() => void read(controller.signal));
    return () => {
      controller.abort();
      stop();
    };
  }, [read, revision]);

  useEffect(() => {
    if (active === '') return;
    const controller = new AbortController();
    const timer = setInterval(() => void read(controller.signal), connection === 'connected' ? 20_000 : 3000);
    const subscription = client.subscribe({ query: MetricsAppendedDocument, variables: { runIds: active.split(' ') } }).subscribe({
      next: ({ data }) => {
        if (!data) return;
        const wanted = wantedKeys?.split('\n');
        const appended = data.metricsAppended.series.filter(({ key }) => !wanted || wanted.includes(key));
        if (appended.length > 0) setHeld((before) => ({ ...before, series: append(before.series, appended) }));
      },
      error: () => undefined,
    });
    return () => {
      controller.abort();
      clearInterval(timer);
      subscription.unsubscribe();
    };
  }, [client, active, wantedKeys, read, connection]);

  const reload = useCallback(() => void read(), [read]);
  return useMemo(() => ({ ...held, reload }), [held, reload]);
}

interface WireSeries { runId: string; key: string; points: MetricPoints }

const collect = (wire: readonly WireSeries[]): SeriesByRun => append(new Map(), wire);

function append(series: SeriesByRun, wire: readonly WireSeries[]): SeriesByRun {
  const next = new Map(series);
  for (const { runId, key, points } of wire) {
    const byKey = new Map(next.get(runId));
    const decoded = decodePoints(points);
    byKey.set(key, mergePoints(byKey.get(key) ?? { steps: [], values: [] }, decoded));
    next.set(runId, byKey);
  }
  return next;
}
