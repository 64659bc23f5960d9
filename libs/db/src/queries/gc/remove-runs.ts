import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** Bounds what one transaction removes; a run goes whole, so that one restored in between is whole too. */
const most = 100;

/** Up to 100 runs deleted before, with all that hangs on them. 0: none is left, save those that somebody holds. */
export async function removeRuns(db: Executor, before: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`/* removeRuns */
    with doomed as (select id from run where deleted_at <= ${before.toISOString()} order by deleted_at limit ${most} for update skip locked)
    delete from run using doomed where run.id = doomed.id`);
  return rowCount ?? 0;
}
