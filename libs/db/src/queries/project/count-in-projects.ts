import { count, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { dataset, run } from '../../schema';

/** Runs of each project; one without any is missing from the map. */
export async function countRunsOfProjects(db: Executor, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.select({ id: run.projectId, total: count() }).from(run).where(inArray(run.projectId, [...ids])).groupBy(run.projectId);
  return new Map(rows.map(({ id, total }) => [id, total]));
}

export async function countDatasetsOfProjects(db: Executor, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.select({ id: dataset.projectId, total: count() }).from(dataset).where(inArray(dataset.projectId, [...ids])).groupBy(dataset.projectId);
  return new Map(rows.map(({ id, total }) => [id, total]));
}
