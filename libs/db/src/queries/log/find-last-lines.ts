import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** The seq of each run's newest log line; a run without lines is missing. */
export async function findLastLines(db: Executor, runIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ run_id: string; seq: string }>(sql`/* findLastLines */
    select wanted.run_id, newest.seq
    from unnest(${sql.param([...runIds])}::uuid[]) as wanted(run_id)
    cross join lateral (select log_line.seq from log_line where log_line.run_id = wanted.run_id order by log_line.seq desc limit 1) newest`);
  return new Map(rows.map(({ run_id: runId, seq }) => [runId, Number(seq)]));
}
