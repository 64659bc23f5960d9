import { eq } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { project, type ProjectRow } from '../../schema';

export async function findProjectByName(db: Executor, name: string): Promise<ProjectRow | null> {
  const [row] = await db.select().from(project).where(eq(project.name, name));
  return row ?? null;
}
