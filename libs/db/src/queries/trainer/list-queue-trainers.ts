import { asc, getTableColumns, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { trainer, type TrainerRow } from '../../schema';
import { type TrainerState, trainerState } from './find-trainer-states';

/** A trainer that lives, and how many runs it has. */
export interface QueueTrainer extends TrainerRow {
  state: Extract<TrainerState, 'ALIVE' | 'DRAINING'>;
  busy: number;
}

/** By name. */
export async function listQueueTrainers(db: Executor): Promise<QueueTrainer[]> {
  // Not ${trainer.id}: a column of the only table is written without its name, and would be the run's.
  const busy = sql<number>`(select count(*)::int from run where run.trainer_id = trainer.id and run.status = 'RUNNING')`;
  const rows = await db.select({ ...getTableColumns(trainer), state: trainerState, busy }).from(trainer).where(sql`${trainerState} in ('ALIVE', 'DRAINING')`).orderBy(asc(trainer.name));
  return rows as QueueTrainer[];
}
