import { and, count, inArray, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { dataset, run } from '../../schema';

/** Runs of each project that are not deleted; a project without any is missing from the map. */
export async function countRunsOfProjects(db: Executor, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.select({ id: run.projectId, total: count() }).from(run).where(and(inArray(run.projectId, [...ids]), isNull(run.deletedAt))).groupBy(run.projectId);
  return new Map(rows.map(({ id, total }) => [id, total]));
}

export async function countDatasetsOfProjects(db: Executor, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.select({ id: dataset.projectId, total: count() }).from(dataset).where(and(inArray(dataset.projectId, [...ids]), isNull(dataset.deletedAt))).groupBy(dataset.projectId);
  return new Map(rows.map(({ id, total }) => [id, total]));
}
