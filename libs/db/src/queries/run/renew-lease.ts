import { and, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';
import { holdsLease, leaseEnd } from './lease';

/** null: the lease is lost. */
export function renewLease(db: Database, runId: string, leaseToken: string, phase?: string | null): Promise<RunRow | null> {
  return db.transaction(async (tx) => {
    const held = holdsLease(runId, leaseToken);
    if (phase) {
      const changed = await tx.update(run).set({ phase }).where(and(held, sql`${run.phase} is distinct from ${phase}`)).returning({ id: run.id });
      await notify(tx, 'runChanged', changed.map(({ id }) => id));
    }
    const [row] = await tx.update(run).set({ leaseExpiresAt: leaseEnd }).where(held).returning();
    return row ?? null;
  });
}
