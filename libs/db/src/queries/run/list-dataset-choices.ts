import { asc, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { dataset, project } from '../../schema';

/** Named in the error when somebody asks for a dataset that does not exist. */
export function listDatasetChoices(db: Executor): Promise<{ name: string; project: string }[]> {
  return db.select({ name: dataset.name, project: project.name }).from(dataset).innerJoin(project, eq(project.id, dataset.projectId)).where(isNull(dataset.deletedAt)).orderBy(asc(dataset.name)).limit(200);
}
