import { asc, desc } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { trainer, type TrainerRow } from '../../schema';

/** Last heard of first. */
export function listTrainers(db: Executor): Promise<TrainerRow[]> {
  return db.select().from(trainer).orderBy(desc(trainer.lastSeenAt), asc(trainer.name)).limit(1000);
}
