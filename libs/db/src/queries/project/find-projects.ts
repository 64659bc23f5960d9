import { inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { project, type ProjectRow } from '../../schema';

export async function findProjects(db: Executor, ids: readonly string[]): Promise<Map<string, ProjectRow>> {
  const rows = await db.select().from(project).where(inArray(project.id, ids.filter(isId)));
  return new Map(rows.map((row) => [row.id, row]));
}
