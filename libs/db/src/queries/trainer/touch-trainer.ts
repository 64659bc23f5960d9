import { eq, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { trainer, type TrainerRow } from '../../schema';

/** Notes that it was heard of; null when there is no such trainer. */
export async function touchTrainer(db: Executor, id: string): Promise<TrainerRow | null> {
  if (!isId(id)) return null;
  const [row] = await db.update(trainer).set({ lastSeenAt: sql`now()` }).where(eq(trainer.id, id)).returning();
  return row ?? null;
}
