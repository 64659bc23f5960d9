import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** The seq of each run's newest chunk; a run without metrics is missing. */
export async function findLastChunks(db: Executor, runIds: readonly string[]): Promise<Map<string, number>> {
  // One look into the index for each series, however many chunks it has.
  const { rows } = await db.execute<{ run_id: string; seq: string }>(sql`/* findLastChunks */
    select series.run_id, max(newest.seq) as seq
    from metric_series series
    cross join lateral (select chunk.seq from metric_chunk chunk where chunk.series_id = series.id order by chunk.seq desc limit 1) newest
    where series.run_id = any(${sql.param([...runIds])}::uuid[])
    group by series.run_id`);
  return new Map(rows.map(({ run_id: runId, seq }) => [runId, Number(seq)]));
}
