import type { Executor } from '../../connect';
import { project, type ProjectRow } from '../../schema';

/** null when the name is taken. */
export async function insertProject(db: Executor, values: Pick<ProjectRow, 'name' | 'description'>): Promise<ProjectRow | null> {
  const [row] = await db.insert(project).values(values).onConflictDoNothing().returning();
  return row ?? null;
}
