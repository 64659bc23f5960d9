import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { trainer, type TrainerRow } from '../../schema';

/** Notes that it was heard of; null when there is no such trainer, or it said goodbye. */
export async function touchTrainer(db: Executor, id: string): Promise<TrainerRow | null> {
  if (!isId(id)) return null;
  const [row] = await db.update(trainer).set({ lastSeenAt: sql`now()` }).where(and(eq(trainer.id, id), isNull(trainer.stoppedAt))).returning();
  return row ?? null;
}
