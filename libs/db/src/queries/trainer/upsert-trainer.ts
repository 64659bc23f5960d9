import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { trainer, type TrainerRow } from '../../schema';

/** A trainer is known by its name: one that starts again keeps its id. */
export async function upsertTrainer(db: Executor, values: Pick<TrainerRow, 'name' | 'backend' | 'environment'>): Promise<TrainerRow> {
  const [row] = await db
    .insert(trainer)
    .values(values)
    .onConflictDoUpdate({ target: trainer.name, set: { backend: values.backend, environment: values.environment, lastSeenAt: sql`now()` } })
    .returning();
  return row!;
}
