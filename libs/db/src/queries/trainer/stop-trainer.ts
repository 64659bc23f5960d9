import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { trainer, type TrainerRow } from '../../schema';

/** A clean goodbye: it is gone until it registers again. Runs it still has come back when their leases end. */
export async function stopTrainer(db: Database, id: string): Promise<TrainerRow | null> {
  if (!isId(id)) return null;
  const [row] = await db.update(trainer).set({ stoppedAt: sql`now()` }).where(eq(trainer.id, id)).returning();
  return row ?? null;
}
