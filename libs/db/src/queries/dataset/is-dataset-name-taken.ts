import { and, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { dataset, project } from '../../schema';

export async function isDatasetNameTaken(db: Executor, projectName: string, name: string): Promise<boolean> {
  const rows = await db
    .select({ id: dataset.id })
    .from(dataset)
    .innerJoin(project, eq(project.id, dataset.projectId))
    .where(and(eq(project.name, projectName), eq(dataset.name, name), isNull(project.deletedAt), isNull(dataset.deletedAt)));
  return rows.length > 0;
}
