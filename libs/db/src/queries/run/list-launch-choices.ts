import { asc, eq } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { backbone, dataset, project } from '../../schema';

/** Named in the error when somebody asks for one that does not exist. */
export function listDatasetChoices(db: Executor): Promise<{ name: string; project: string }[]> {
  return db.select({ name: dataset.name, project: project.name }).from(dataset).innerJoin(project, eq(project.id, dataset.projectId)).orderBy(asc(dataset.name)).limit(200);
}

export async function listBackboneChoices(db: Executor): Promise<string[]> {
  const rows = await db.select({ name: backbone.name }).from(backbone).orderBy(asc(backbone.name)).limit(200);
  return rows.map(({ name }) => name);
}
