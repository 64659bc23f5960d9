import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { run, trainer, type TrainerRow } from '../../schema';
import { notify } from '../notify';

/** It gets runs again. null: no such trainer. */
export async function resumeTrainer(db: Database, id: string): Promise<TrainerRow | null> {
  if (!isId(id)) return null;
  return db.transaction(async (tx) => {
    const [row] = await tx.update(trainer).set({ drainingAt: null, handBack: false }).where(eq(trainer.id, id)).returning();
    // Whatever waits: it asks at once.
    const [waiting] = await tx.select({ id: run.id }).from(run).where(eq(run.status, 'QUEUED')).orderBy(asc(run.id)).limit(1);
    if (row && waiting) await notify(tx, 'runQueued', waiting.id);
    return row ?? null;
  });
}
