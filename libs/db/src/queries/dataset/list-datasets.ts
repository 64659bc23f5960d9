import { and, count, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { dataset, type DatasetRow, project } from '../../schema';

/** Those that are not deleted, or those that are, newest first, up to first + 1. Ids are time-ordered, so the id alone is the key of the page. */
export async function listDatasets(db: Executor, { projectName, deleted = false, first, after }: { projectName?: string | null; deleted?: boolean; first: number; after?: string }): Promise<DatasetRow[]> {
  const rows = await db
    .select({ dataset })
    .from(dataset)
    .innerJoin(project, eq(project.id, dataset.projectId))
    .where(and(inProject(projectName), isListed(deleted), after ? lt(dataset.id, after) : undefined))
    .orderBy(desc(dataset.id))
    .limit(first + 1);
  return rows.map((row) => row.dataset);
}

export async function countDatasets(db: Executor, projectName?: string | null, deleted = false): Promise<number> {
  const [row] = await db.select({ count: count() }).from(dataset).innerJoin(project, eq(project.id, dataset.projectId)).where(and(inProject(projectName), isListed(deleted)));
  return row?.count ?? 0;
}

const isListed = (deleted: boolean) => (deleted ? isNotNull(dataset.deletedAt) : isNull(dataset.deletedAt));
const inProject = (name?: string | null) => (name == null ? undefined : eq(project.name, name));
