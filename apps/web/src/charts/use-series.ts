'use client';

import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { MetricsAppendedDocument, MetricSeriesDocument, type MetricSeriesQuery, type PointColumn, type XAxis } from '../generated/graphql';
import { onReconnect, useConnection } from '../graphql/connection';
import { gather } from '../graphql/gather';
import { decodePoints, mergePoints, noPoints, type Points } from './points';

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
  /** default: the step */
  xAxis?: XAxis;
  /** the metric of the x axis, for METRIC */
  xKey?: string;
  /** of each series */
  maxPoints?: number;
  /** only this part of the x axis, in more detail */
  range?: readonly [from: number, to: number] | null;
  /** 0 (none) to 0.99; see lineThrough */
  smoothing?: number;
}
interface Held {
  series: SeriesByRun;
  loaded: boolean;
  error: Error | null;
}

/** Fifty runs that log once a second are drawn as they go on, not once for each of them. */
const drawRestMs = 250;
const readRestMs = 2000;
/** A slider that moves is not asked for at every step. */
const slideRestMs = 250;
/** The most that the API answers of one series, and of all that somebody keeps. */
const mostRead = { ofOne: 100_000, ofAll: 2_000_000 };

const columnsOf: Record<XAxis, PointColumn[]> = { STEP: ['STEPS', 'VALUES'], METRIC: ['STEPS', 'VALUES', 'X'], WALL_TIME: ['STEPS', 'VALUES', 'TIMES', 'X'], RELATIVE_TIME: ['STEPS', 'VALUES', 'TIMES', 'X'] };

/** Points of many runs, kept up to date by metricsAppended and, as the truth behind it, by polling. */
export function useSeries({ runIds, keys, activeIds, revision = '', xAxis = 'STEP', xKey, maxPoints = 1000, range, smoothing = 0 }: Wanted): Held & { reload: () => void; readAll: () => Promise<SeriesByRun> } {
  const client = useApolloClient();
  const connection = useConnection();
  const [held, setHeld] = useState<Held>({ series: new Map(), loaded: false, error: null });
  const ids = runIds.join(' ');
  const wantedKeys = keys?.join('\n');
  const active = activeIds.join(' ');
  const part = range ? `${range[0]} ${range[1]}` : '';
  /** Where the last event ended; what comes after it is asked for when the connection is back. */
  const cursor = useRef<string>(undefined);
  const averaged = useResting(smoothing);
  const isWhole = part === '' && xAxis !== 'METRIC';
  const latest = useRef(held.series);
  latest.current = held.series;

  const ask = useCallback(async (runIds: readonly string[], most: number, signal?: AbortSignal) => {
    const [from, to] = part.split(' ').map(Number);
    const { data } = await client.query({
      query: MetricSeriesDocument,
      variables: { runIds: [...runIds], keys: wantedKeys?.split('\n'), xAxis, xKey: xKey ?? null, maxPoints: most, range: part ? { from, to } : null, smoothing: averaged, columns: averaged > 0 ? [...columnsOf[xAxis], 'SMOOTHED'] : columnsOf[xAxis] },
      fetchPolicy: 'no-cache',
      context: { fetchOptions: { signal } },
    });
    return data?.metricSeries ?? [];
  }, [client, wantedKeys, xAxis, xKey, part, averaged]);

  const read = useCallback(async (signal?: AbortSignal, only?: string[]) => {
    if (ids === '') return setHeld({ series: new Map(), loaded: true, error: null });
    try {
      performance.mark('series-asked');
      const answer = await ask(only ?? ids.split(' '), maxPoints, signal);
      if (signal?.aborted) return;
      performance.measure('series-request', 'series-asked');
      performance.mark('series-answered');
      const series = collect(answer, isWhole);
      performance.measure('series-decode', 'series-answered');
      setHeld((before) => ({ series: only ? new Map([...before.series, ...series]) : series, loaded: true, error: null }));
    } catch (error) {
      if (!signal?.aborted) setHeld((before) => ({ ...before, loaded: true, error: error as Error }));
    }
  }, [ask, ids, maxPoints, isWhole]);

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
    const toRead = gather<string>(readRestMs, (only) => void read(controller.signal, [...new Set(only)]));
    const logged = gather<WireSeries>(drawRestMs, (series) => setHeld((before) => ({ ...before, series: append(before.series, series, xAxis, isWhole) })));
    // Where another metric stood, and an average of more than is here, only the server knows.
    const isServers = ({ runId, key }: WireSeries) => xAxis === 'METRIC' || (averaged > 0 && latest.current.get(runId)?.get(key)?.whole === false);
    const follow = () =>
      client.subscribe({ query: MetricsAppendedDocument, variables: { runIds: active.split(' '), keys: wantedKeys?.split('\n'), after: cursor.current, columns: ['STEPS', 'VALUES', ...(xAxis === 'WALL_TIME' || xAxis === 'RELATIVE_TIME' ? ['TIMES' as const] : [])] } }).subscribe({
        next: ({ data }) => {
          if (!data) return;
          const { series, resetRunIds, cursor: position } = data.metricsAppended;
          cursor.current = position;
          toRead.add(series.filter(isServers).map(({ runId }) => runId));
          logged.add(series.filter((each) => !isServers(each)));
          if (resetRunIds.length === 0) return;
          // What waits is of the attempt before.
          logged.finish();
          void read(controller.signal, resetRunIds);
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
      logged.finish();
      controller.abort();
      toRead.finish();
      stop();
      subscription.unsubscribe();
    };
  }, [client, active, wantedKeys, read, xAxis, averaged, isWhole]);

  useEffect(() => {
    if (active === '') return;
    const controller = new AbortController();
    const timer = setInterval(() => void read(controller.signal, active.split(' ')), connection === 'connected' ? 20_000 : 3000);
    return () => {
      controller.abort();
      clearInterval(timer);
    };
  }, [active, read, connection]);

  const reload = useCallback(() => void read(), [read]);
  /** In as much detail as there is, for who takes the points away. */
  const readAll = useCallback(async () => collect(await ask(ids.split(' '), Math.min(mostRead.ofOne, Math.floor(mostRead.ofAll / ids.split(' ').length))), isWhole), [ask, ids, isWhole]);
  return useMemo(() => ({ ...held, reload, readAll }), [held, reload, readAll]);
}

function useResting(value: number): number {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), slideRestMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

type WireSeries = Pick<MetricSeriesQuery['metricSeries'][number], 'runId' | 'key' | 'points'>;

/** isWhole: the answers begin with the first point of each series, and hold all that follow where they are complete. */
function collect(wire: MetricSeriesQuery['metricSeries'], isWhole: boolean): SeriesByRun {
  const series = new Map<string, Map<string, Points>>();
  for (const { runId, key, points, count, complete, smoothedExactly } of wire) {
    if (!series.has(runId)) series.set(runId, new Map());
    series.get(runId)!.set(key, { ...decodePoints(points), whole: isWhole && complete, ...(!complete && { partial: true, count }), ...(smoothedExactly === false && { approximate: true }) });
  }
  return series;
}

function append(series: SeriesByRun, wire: readonly WireSeries[], xAxis: XAxis, isWhole: boolean): SeriesByRun {
  const next = new Map(series);
  for (const { runId, key, points } of wire) {
    const byKey = new Map(next.get(runId));
    const before = byKey.get(key) ?? noPoints;
    byKey.set(key, { ...mergePoints(before, placed(decodePoints(points), before, xAxis)), whole: before.whole ?? isWhole });
    next.set(runId, byKey);
  }
  return next;
}

/** Events bring no positions: a time is one by itself, or once the beginning is taken from it. */
function placed(points: Points, before: Points, xAxis: XAxis): Points {
  if (!points.times) return points;
  if (xAxis === 'WALL_TIME') return { ...points, x: points.times };
  const origin = before.times && before.x && before.times.length > 0 ? before.times[0]! - before.x[0]! : (points.times[0] ?? 0);
  return { ...points, x: points.times.map((time) => time - origin) };
}
