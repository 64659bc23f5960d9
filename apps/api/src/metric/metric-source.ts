import { findLastChunks } from '@thaw/db/queries/metric/find-last-chunks';
import { type AppendedChunk, readAppended } from '@thaw/db/queries/metric/read-appended';
import { mergeChunks, unpackSeries } from '@thaw/series';
import type { Delta, Source } from '../notify/appended';
import type { MetricSeries } from './metric.type';

export const metricSource: Source<AppendedChunk> = {
  topic: 'metricsAppended',
  newest: findLastChunks,
  weigh: ({ count }) => count,
  async read(db, since) {
    const { byRun, more } = await readAppended(db, since);
    return { byRun: new Map([...byRun].map(([id, { chunks, ...run }]) => [id, { ...run, items: chunks }])), more };
  },
};

/** Decoded once for all who follow the run and read as fast as it is written. */
const decoded = new WeakMap<Delta<AppendedChunk>, { byKey: Map<string, AppendedChunk[]>; series: Map<string, MetricSeries> }>();

/** The points of one run's delta, keys by name; only those of `keys` when given. */
export function seriesOf(runId: string, delta: Delta<AppendedChunk>, keys: ReadonlySet<string> | null): MetricSeries[] {
  let own = decoded.get(delta);
  if (!own) decoded.set(delta, (own = { byKey: groupByKey(delta.items), series: new Map() }));
  const { byKey, series } = own;
  const wanted = keys ? [...keys].filter((key) => byKey.has(key)) : [...byKey.keys()];
  return wanted.sort().map((key) => {
    let found = series.get(key);
    if (!found) {
      const points = mergeChunks(byKey.get(key)!.map((chunk) => ({ claim: chunk.claim, ...unpackSeries(chunk.points) })));
      series.set(key, (found = { runId, key, count: points.steps.length, complete: true, points }));
    }
    return found;
  });
}

function groupByKey(chunks: readonly AppendedChunk[]): Map<string, AppendedChunk[]> {
  const byKey = new Map<string, AppendedChunk[]>();
  for (const chunk of chunks) {
    const same = byKey.get(chunk.key);
    if (same) same.push(chunk);
    else byKey.set(chunk.key, [chunk]);
  }
  return byKey;
}
