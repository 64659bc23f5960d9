import { inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { trainer, type TrainerRow } from '../../schema';

export async function findTrainers(db: Executor, ids: readonly string[]): Promise<Map<string, TrainerRow>> {
  const rows = await db.select().from(trainer).where(inArray(trainer.id, ids.filter(isId)));
  return new Map(rows.map((row) => [row.id, row]));
}
