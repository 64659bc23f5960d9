import { and, asc, count, gt, isNotNull, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { project, type ProjectRow } from '../../schema';

/** Those that are not deleted, or those that are, by name; up to first + 1, so that the caller sees whether there are more. */
export function listProjects(db: Executor, { first, after, deleted = false }: { first: number; after?: string; deleted?: boolean }): Promise<ProjectRow[]> {
  return db
    .select()
    .from(project)
    .where(and(isListed(deleted), after === undefined ? undefined : gt(project.name, after)))
    .orderBy(asc(project.name))
    .limit(first + 1);
}

export async function countProjects(db: Executor, deleted = false): Promise<number> {
  const [row] = await db.select({ total: count() }).from(project).where(isListed(deleted));
  return row!.total;
}

const isListed = (deleted: boolean) => (deleted ? isNotNull(project.deletedAt) : isNull(project.deletedAt));
