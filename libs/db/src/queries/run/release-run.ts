import { sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';
import { holdsLease } from './lease';

/** Puts a claimed run back into the queue (or ends it, when it was to be cancelled); null when the lease is lost. */
export function releaseRun(db: Database, runId: string, leaseToken: string): Promise<RunRow | null> {
  return db.transaction(async (tx) => {
    const cancelled = sql`${run.cancelRequestedAt} is not null`;
    const [row] = await tx
      .update(run)
      .set({
        status: sql`(case when ${cancelled} then 'CANCELLED' else 'QUEUED' end)::run_status`,
        endReason: sql`(case when ${cancelled} then 'CANCELLED' end)::run_end_reason`,
        endedAt: sql`case when ${cancelled} then now() end`,
        trainerId: sql`case when ${cancelled} then ${run.trainerId} end`,
        leaseToken: null,
        leaseExpiresAt: null,
        phase: null,
      })
      .where(holdsLease(runId, leaseToken))
      .returning();
    if (!row) return null;
    await notify(tx, 'runChanged', row.id);
    if (row.status === 'QUEUED') await notify(tx, 'runQueued', row.id);
    return row;
  });
}
