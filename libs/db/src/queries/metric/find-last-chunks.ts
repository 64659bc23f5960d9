import { eq, inArray, max } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { metricChunk, metricSeries } from '../../schema';

/** The seq of each run's newest chunk; a run without metrics is missing. */
export async function findLastChunks(db: Executor, runIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ runId: metricSeries.runId, seq: max(metricChunk.seq) })
    .from(metricChunk)
    .innerJoin(metricSeries, eq(metricSeries.id, metricChunk.seriesId))
    .where(inArray(metricSeries.runId, runIds.filter(isId)))
    .groupBy(metricSeries.runId);
  return new Map(rows.map(({ runId, seq }) => [runId, Number(seq)]));
}
