import { and, eq, inArray, isNull, ne, or, sql, type SQL } from 'drizzle-orm';
import { run } from '../../schema';

const managed = and(eq(run.kind, 'MANAGED'), isNull(run.deletedAt));
const onDatasetsWhere = (condition: SQL) => sql`${run.datasetVersionId} in (select dataset_version.id from dataset_version join dataset on dataset.id = dataset_version.dataset_id where ${condition})`;
const waitsOrTrains = inArray(run.status, ['QUEUED', 'RUNNING', 'PAUSED']);

/** They need its pictures, now or when a trainer takes them. */
export const activeOnDataset = (datasetId: string) => and(managed, waitsOrTrains, onDatasetsWhere(sql`dataset.id = ${datasetId}`));

/** A trainer is at work on them, or they are of another project and need pictures of this one. What waits in the project itself just waits on. */
export const activeInProject = (projectId: string) =>
  and(
    managed,
    or(and(eq(run.projectId, projectId), eq(run.status, 'RUNNING')), and(ne(run.projectId, projectId), waitsOrTrains, onDatasetsWhere(sql`dataset.project_id = ${projectId}`))),
  );
