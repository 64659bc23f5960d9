import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';

/** Ends a run that waits, or asks the trainer of one that runs to stop. null: no such run; an ended run stays as it is. */
export async function cancelRun(db: Database, runId: string): Promise<RunRow | null> {
  if (!isId(runId)) return null;
  return db.transaction(async (tx) => {
    const waits = sql`${run.status} in ('QUEUED', 'PAUSED')`;
    const [row] = await tx
      .update(run)
      .set({
        status: sql`(case when ${waits} then 'CANCELLED' else 'RUNNING' end)::run_status`,
        endReason: sql`(case when ${waits} then 'CANCELLED' end)::run_end_reason`,
        endedAt: sql`case when ${waits} then now() end`,
        cancelRequestedAt: sql`coalesce(${run.cancelRequestedAt}, now())`,
      })
      .where(and(eq(run.id, runId), inArray(run.status, ['QUEUED', 'PAUSED', 'RUNNING'])))
      .returning();
    if (row) {
      await notify(tx, 'runChanged', row.id);
      return row;
    }
    const [ended] = await tx.select().from(run).where(eq(run.id, runId));
    return ended ?? null;
  });
}
