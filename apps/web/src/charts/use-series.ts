'use client';

import { useApolloClient } from '@apollo/client/react';
import type { MetricPoints } from '@thaw/series';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
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

  /** Where the last event ended; what comes after it is asked for when the connection is back. */
  const cursor = useRef<string>(undefined);

  const read = useCallback(async (signal?: AbortSignal, only?: string[]) => {
    if (ids === '') return setHeld({ series: new Map(), loaded: true, error: null });
    try {
      const { data } = await client.query({
        query: MetricSeriesDocument,
        variables: { runIds: only ?? ids.split(' '), keys: wantedKeys?.split('\n') },
        fetchPolicy: 'no-cache',
      });
      const series = collect(data?.metricSeries ?? []);
      if (!signal?.aborted) setHeld((before) => ({ series: only ? new Map([...before.series, ...series]) : series, loaded: true, error: null }));
    } catch (error) {
      if (!signal?.aborted) setHeld((before) => ({ ...before, loaded: true, error: error as Error }));
    }
  }, [client, ids, wantedKeys]);

  useEffect(() => {
    const controller = new AbortController();
    void read(controller.signal);
    const stop = onReconnect(() => {
      // With a cursor the subscription brings what was missed.
      if (cursor.current === undefined) void read(controller.signal);
    });
    return () => {
      controller.abort();
      stop();
    };
  }, [read, revision]);

  useEffect(() => {
    if (active === '') return;
    const controller = new AbortController();
    cursor.current = undefined;
    const follow = () =>
      client.subscribe({ query: MetricsAppendedDocument, variables: { runIds: active.split(' '), keys: wantedKeys?.split('\n'), after: cursor.current } }).subscribe({
        next: ({ data }) => {
          if (!data) return;
          const { series, resetRunIds, cursor: position } = data.metricsAppended;
          cursor.current = position;
          if (series.length > 0) setHeld((before) => ({ ...before, series: append(before.series, series) }));
          if (resetRunIds.length > 0) void read(controller.signal, resetRunIds);
        },
        error: () => undefined,
      });
    let subscription = follow();
    // The socket would ask again with the cursor it began with.
    const stop = onReconnect(() => {
      const before = subscription;
      // First the new one: without any subscription the socket would close.
      subscription = follow();
      before.unsubscribe();
    });
    return () => {
      controller.abort();
      stop();
      subscription.unsubscribe();
    };
  }, [client, active, wantedKeys, read]);

  useEffect(() => {
    if (active === '') return;
    const controller = new AbortController();
    const timer = setInterval(() => void read(controller.signal), connection === 'connected' ? 20_000 : 3000);
    return () => {
      controller.abort();
      clearInterval(timer);
    };
  }, [active, read, connection]);

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
