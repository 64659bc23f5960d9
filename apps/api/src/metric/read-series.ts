import type { Database } from '@thaw/db';
import { readChunks, type StoredChunk } from '@thaw/db/queries/metric/read-chunks';
import { downsample, encodePoints, mergeChunks } from '@thaw/series';
import type { MetricSeries } from './metric.type';

export async function readSeries(db: Database, runIds: readonly string[], keys: readonly string[] | null, maxPoints: number): Promise<MetricSeries[]> {
  return toSeries(await readChunks(db, runIds, keys), runIds, maxPoints);
}

/** One series per (run, key), runs in the order asked for, keys by name. */
export function toSeries(chunks: readonly StoredChunk[], runIds: readonly string[], maxPoints = Number.POSITIVE_INFINITY): MetricSeries[] {
  const byRun = new Map<string, Map<string, StoredChunk[]>>(runIds.map((runId) => [runId, new Map()]));
  for (const chunk of chunks) {
    const byKey = byRun.get(chunk.runId)!;
    const same = byKey.get(chunk.key);
    if (same) same.push(chunk);
    else byKey.set(chunk.key, [chunk]);
  }
  return [...byRun].flatMap(([runId, byKey]) =>
    [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, same]) => {
      const merged = mergeChunks(same);
      return { runId, key, count: merged.steps.length, points: encodePoints(downsample(merged, maxPoints)) };
    }),
  );
}
