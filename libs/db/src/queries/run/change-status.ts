import type { RunEvent } from '@thaw/run-states';
import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';
import { mayHappen, take } from './transition';

export type PersonsEvent = Extract<RunEvent, 'pause' | 'resume' | 'finishEarly' | 'cancel'>;

export type ChangedStatus = { ok: true; run: RunRow } | { ok: false; reason: 'RUN_UNKNOWN' } | { ok: false; reason: 'RUN_DELETED' | 'NOT_NOW'; run: RunRow };

/** What a person asks of a run: done at once to one that waits, noted as a wish on one that runs and told to its trainer. */
export async function changeStatus(db: Database, runId: string, event: PersonsEvent): Promise<ChangedStatus> {
  if (!isId(runId)) return { ok: false, reason: 'RUN_UNKNOWN' };
  return db.transaction(async (tx): Promise<ChangedStatus> => {
    const [row] = await tx.update(run).set(take(event)).where(and(eq(run.id, runId), isNull(run.deletedAt), mayHappen(event))).returning();
    if (!row) {
      const [found] = await tx.select().from(run).where(eq(run.id, runId));
      if (!found) return { ok: false, reason: 'RUN_UNKNOWN' };
      return { ok: false, reason: found.deletedAt ? 'RUN_DELETED' : 'NOT_NOW', run: found };
    }
    await notify(tx, 'runChanged', row.id);
    if (row.status === 'QUEUED') await notify(tx, 'runQueued', row.id);
    if (row.status === 'RUNNING' && row.trainerId) await notify(tx, 'trainerCommanded', row.trainerId);
    return { ok: true, run: row };
  });
}
