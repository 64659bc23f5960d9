import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { trainer, type TrainerRow } from '../../schema';

export type TrainerFacts = Pick<TrainerRow, 'name' | 'backend' | 'labels' | 'memoryBytes' | 'slots' | 'devices' | 'environment'>;

/** A trainer is known by its name: one that starts again keeps its id, and drains on if it was to. */
export async function upsertTrainer(db: Executor, facts: TrainerFacts): Promise<TrainerRow> {
  const [row] = await db
    .insert(trainer)
    .values(facts)
    .onConflictDoUpdate({ target: trainer.name, set: { ...facts, lastSeenAt: sql`now()`, stoppedAt: null } })
    .returning();
  return row!;
}
