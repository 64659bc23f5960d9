import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { dataset, type DatasetRow, project } from '../../schema';

export interface FoundDataset {
  dataset: DatasetRow;
  project: string;
}

/** Every dataset of that name that is not deleted; at most one when the project is given. */
export async function findDatasets(db: Executor, name: string, projectName?: string | null): Promise<FoundDataset[]> {
  return db
    .select({ dataset, project: project.name })
    .from(dataset)
    .innerJoin(project, eq(project.id, dataset.projectId))
    .where(and(eq(dataset.name, name), isNull(dataset.deletedAt), projectName ? eq(project.name, projectName) : undefined))
    .orderBy(asc(project.name));
}
