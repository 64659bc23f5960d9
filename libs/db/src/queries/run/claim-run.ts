import { and, eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import type { Database } from '../../connect';
import { backbone, run, trainer, type RunRow } from '../../schema';
import { notify } from '../notify';
import { leaseEnd } from './lease';

/** The queued run that goes next, now leased to this trainer; null when there is none whose backbone is ready. */
export function claimRun(db: Database, trainerId: string): Promise<{ run: RunRow; leaseToken: string } | null> {
  const leaseToken = uuidv7();
  // Two trainers that ask at once get two runs: each skips the row the other has locked.
  const next = sql`(
    /* claimRun */
    select run.id from ${run} join ${backbone} on backbone.id = run.backbone_id
    where run.status = 'QUEUED' and run.deleted_at is null and backbone.status = 'READY'
    order by run.priority desc, run.created_at, run.id
    limit 1
    for update of run skip locked
  )`;
  return db.transaction(async (tx) => {
    const [claimed] = await tx
      .update(run)
      .set({
        status: 'RUNNING',
        trainerId,
        leaseToken,
        leaseExpiresAt: leaseEnd,
        claims: sql`${run.claims} + 1`,
        startedAt: sql`now()`,
        phase: null,
        error: null,
        // What the trainer is now; settleRun may say it more exactly.
        backend: sql`(select backend from ${trainer} where id = ${trainerId})`,
        environment: sql`(select environment from ${trainer} where id = ${trainerId})`,
      })
      .where(and(eq(run.id, next), eq(run.status, 'QUEUED')))
      .returning();
    if (!claimed) return null;
    await notify(tx, 'runChanged', claimed.id);
    return { run: claimed, leaseToken };
  });
}
