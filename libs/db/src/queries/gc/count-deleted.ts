import { and, count, lte, not, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { dataset, project, run } from '../../schema';
import { isEmptied } from '../deletion/restore-dataset';

/** What gc would remove. */
export async function countDeleted(db: Executor, before: Date): Promise<{ runs: number; datasets: number; projects: number }> {
  const [runs] = await db.select({ count: count() }).from(run).where(lte(run.deletedAt, before));
  const [datasets] = await db.select({ count: count() }).from(dataset).where(and(lte(dataset.deletedAt, before), not(isEmptied)));
  const [projects] = await db.select({ count: count() }).from(project).where(lte(project.deletedAt, before));
  return { runs: runs!.count, datasets: datasets!.count, projects: projects!.count };
}

/** By the database's clock, which also set deleted_at. */
export async function momentBefore(db: Executor, seconds: number): Promise<Date> {
  const { rows } = await db.execute<{ moment: string }>(sql`/* momentBefore */ select extract(epoch from clock_timestamp() - make_interval(secs => ${seconds})) as moment`);
  return new Date(Math.ceil(Number(rows[0]!.moment) * 1000));
}
