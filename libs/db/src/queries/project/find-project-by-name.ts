import { and, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { project, type ProjectRow } from '../../schema';

/** Among those that are not deleted. */
export async function findProjectByName(db: Executor, name: string): Promise<ProjectRow | null> {
  const [row] = await db.select().from(project).where(and(eq(project.name, name), isNull(project.deletedAt)));
  return row ?? null;
}
