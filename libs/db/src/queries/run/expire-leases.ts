import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';

/** A run whose trainers vanish this often is given up: it may well be what kills them. */
export const mostAttempts = 3;

/** Queues again every run whose trainer fell silent, or ends it when its attempts are used up. */
export function expireLeases(db: Database): Promise<RunRow[]> {
  const expired = sql`(
    /* expireLeases */
    select id from ${run} where status = 'RUNNING' and lease_expires_at < now() for update skip locked
  )`;
  const given = sql`case when ${run.cancelRequestedAt} is not null then 'CANCELLED' when ${run.attempt} >= ${mostAttempts} then 'FAILED' else 'QUEUED' end`;
  const ends = sql`(${run.cancelRequestedAt} is not null or ${run.attempt} >= ${mostAttempts})`;
  return db.transaction(async (tx) => {
    const rows = await tx
      .update(run)
      .set({
        status: sql`(${given})::run_status`,
        endReason: sql`(case when ${run.cancelRequestedAt} is not null then 'CANCELLED' when ${run.attempt} >= ${mostAttempts} then 'TRAINER_LOST' end)::run_end_reason`,
        error: sql`case when ${run.cancelRequestedAt} is null and ${run.attempt} >= ${mostAttempts} then ${`The trainer fell silent in each of ${mostAttempts} attempts. Look into its log: it may have been killed for memory. Then clone the run to try again.`} end`,
        endedAt: sql`case when ${ends} then now() end`,
        attempt: sql`case when ${ends} then ${run.attempt} else ${run.attempt} + 1 end`,
        trainerId: sql`case when ${ends} then ${run.trainerId} end`,
        leaseToken: null,
        leaseExpiresAt: null,
        phase: null,
      })
      .where(inArray(run.id, expired))
      .returning();
    await notify(tx, 'runChanged', rows.map(({ id }) => id));
    await notify(tx, 'runQueued', rows.filter(({ status }) => status === 'QUEUED').map(({ id }) => id));
    return rows;
  });
}
