import { unpackSeries, type Chunk } from '@thaw/series';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { key, metricChunk, metricSeries } from '../../schema';

export interface StoredChunk extends Chunk {
  runId: string;
  key: string;
  /** Order of arrival within its run. */
  seq: number;
}

/** In order of arrival. keys: all of them when null. since: per run, only chunks that came after that seq. */
export async function readChunks(db: Executor, runIds: readonly string[], keys: readonly string[] | null, since?: ReadonlyMap<string, number>): Promise<StoredChunk[]> {
  const later = since && sql`${metricChunk.seq} > coalesce((${JSON.stringify(Object.fromEntries(since))}::jsonb ->> ${metricSeries.runId}::text)::bigint, 0)`;
  const rows = await db
    .select({ runId: metricSeries.runId, key: key.name, claim: metricChunk.claim, seq: metricChunk.seq, points: metricChunk.points })
    .from(metricChunk)
    .innerJoin(metricSeries, eq(metricSeries.id, metricChunk.seriesId))
    .innerJoin(key, eq(key.id, metricSeries.keyId))
    .where(and(inArray(metricSeries.runId, runIds.filter(isId)), keys ? inArray(key.name, [...keys]) : undefined, later))
    .orderBy(asc(metricChunk.seq));
  return rows.map(({ points, ...row }) => ({ ...row, ...unpackSeries(points) }));
}
