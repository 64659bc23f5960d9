import { inArray, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { trainer } from '../../schema';

export const trainerStates = ['ALIVE', 'DRAINING', 'LOST', 'STOPPED'] as const;
export type TrainerState = (typeof trainerStates)[number];

/** Three heartbeats. */
export const aliveSeconds = 15;

/** By Postgres's clock, which also wrote when it was heard of. */
export const trainerState = sql<TrainerState>`case
  when ${trainer.stoppedAt} is not null then 'STOPPED'
  when ${trainer.lastSeenAt} <= now() - ${aliveSeconds}::int * interval '1 second' then 'LOST'
  when ${trainer.drainingAt} is not null then 'DRAINING'
  else 'ALIVE' end`;

export async function findTrainerStates(db: Executor, ids: readonly string[]): Promise<Map<string, TrainerState>> {
  const rows = await db.select({ id: trainer.id, state: trainerState }).from(trainer).where(inArray(trainer.id, [...ids]));
  return new Map(rows.map(({ id, state }) => [id, state]));
}
