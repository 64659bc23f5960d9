import { asc, count, gt } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { project, type ProjectRow } from '../../schema';

/** By name; up to first + 1, so that the caller sees whether there are more. */
export function listProjects(db: Executor, { first, after }: { first: number; after?: string }): Promise<ProjectRow[]> {
  return db
    .select()
    .from(project)
    .where(after === undefined ? undefined : gt(project.name, after))
    .orderBy(asc(project.name))
    .limit(first + 1);
}

export async function countProjects(db: Executor): Promise<number> {
  const [row] = await db.select({ total: count() }).from(project);
  return row!.total;
}
