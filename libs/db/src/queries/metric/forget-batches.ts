import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** Batch ids of runs that ended a day ago, which take nothing any more, and those older than any client's spool. */
export async function forgetBatches(db: Executor): Promise<void> {
  await db.execute(sql`/* forgetBatches */ delete from metric_batch b using run r where r.id = b.run_id and (r.ended_at < now() - interval '1 day' or b.created_at < now() - interval '60 days')`);
}
