import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';
import { endClaims } from './end-claim';
import { holdsLease, stopCounting } from './lease';

/** A backend that is undefined stays what the claim noted; facts of the environment join those of the claim. */
export type Outcome = Pick<RunRow, 'status' | 'endReason' | 'error' | 'bestEpoch' | 'epochs' | 'finalMetrics'> & Partial<Pick<RunRow, 'backend' | 'environment'>>;

/** Ends the run; null when the lease is lost. Settling again with the same token answers what the first call did. */
export function settleRun(db: Database, runId: string, leaseToken: string, { environment, ...outcome }: Outcome): Promise<RunRow | null> {
  return db.transaction(async (tx) => {
    const [settled] = await tx
      .update(run)
      .set({ ...outcome, ...(environment ? { environment: sql`coalesce(${run.environment}, '{}') || ${JSON.stringify(environment)}::jsonb` } : {}), endedAt: sql`now()`, ...stopCounting, leaseExpiresAt: null, phase: null, pauseRequestedAt: null })
      .where(holdsLease(runId, leaseToken))
      .returning();
    if (settled) {
      await endClaims(tx, [{ run: settled, outcome: outcome.status === 'CANCELLED' ? 'CANCELLED' : 'SETTLED', reason: null }]);
      await notify(tx, 'runChanged', settled.id);
      return settled;
    }
    if (!isId(runId)) return null;
    const [before] = await tx.select().from(run).where(and(eq(run.id, runId), eq(run.leaseToken, leaseToken), eq(run.status, outcome.status)));
    return before ?? null;
  });
}
