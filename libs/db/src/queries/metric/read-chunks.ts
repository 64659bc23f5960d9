import { unpackNumbers, type Chunk } from '@thaw/series';
import { and, asc, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { metricChunk } from '../../schema';

export interface StoredChunk extends Chunk {
  runId: string;
  key: string;
  /** Order of arrival within its run. */
  seq: number;
}

/** In order of arrival. keys: all of them when null. since: per run, only chunks that came after that seq. */
export async function readChunks(db: Executor, runIds: readonly string[], keys: readonly string[] | null, since?: ReadonlyMap<string, number>): Promise<StoredChunk[]> {
  const later = since && sql`${metricChunk.seq} > coalesce((${JSON.stringify(Object.fromEntries(since))}::jsonb ->> ${metricChunk.runId}::text)::bigint, 0)`;
  const rows = await db
    .select({ runId: metricChunk.runId, key: metricChunk.key, claim: metricChunk.claim, seq: metricChunk.seq, steps: metricChunk.steps, times: metricChunk.times, values: metricChunk.values })
    .from(metricChunk)
    .where(and(inArray(metricChunk.runId, runIds.filter(isId)), keys ? inArray(metricChunk.key, [...keys]) : undefined, later))
    .orderBy(asc(metricChunk.seq));
  return rows.map(({ steps, times, values, ...row }) => ({ ...row, steps: unpackNumbers(steps), times: unpackNumbers(times), values: unpackNumbers(values) }));
}
