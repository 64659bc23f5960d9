import { inArray, max } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { metricChunk } from '../../schema';

/** The seq of each run's newest chunk; a run without metrics is missing. */
export async function findLastChunks(db: Executor, runIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ runId: metricChunk.runId, seq: max(metricChunk.seq) })
    .from(metricChunk)
    .where(inArray(metricChunk.runId, runIds.filter(isId)))
    .groupBy(metricChunk.runId);
  return new Map(rows.map(({ runId, seq }) => [runId, Number(seq)]));
}
