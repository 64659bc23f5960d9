import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { trainer, type TrainerRow } from '../../schema';
import { notify } from '../notify';

/** It gets no more runs; handBack: and is told to hand back those it has. null: no such trainer. */
export async function drainTrainer(db: Database, id: string, handBack: boolean): Promise<TrainerRow | null> {
  if (!isId(id)) return null;
  return db.transaction(async (tx) => {
    const [row] = await tx.update(trainer).set({ drainingAt: sql`coalesce(${trainer.drainingAt}, now())`, handBack }).where(eq(trainer.id, id)).returning();
    if (row && handBack) await notify(tx, 'trainerCommanded', id);
    return row ?? null;
  });
}
