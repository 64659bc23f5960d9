import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { run, type RunRow } from '../../schema';

/** What each trainer is running now. */
export async function findCurrentRunsOfTrainers(db: Executor, trainerIds: readonly string[]): Promise<Map<string, RunRow[]>> {
  const rows = await db.select().from(run).where(and(eq(run.status, 'RUNNING'), inArray(run.trainerId, [...trainerIds]))).orderBy(asc(run.startedAt));
  const byTrainer = new Map<string, RunRow[]>();
  for (const row of rows) byTrainer.set(row.trainerId!, [...(byTrainer.get(row.trainerId!) ?? []), row]);
  return byTrainer;
}
