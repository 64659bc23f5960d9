import { desc, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { datasetVersion, type DatasetVersionRow } from '../../schema';

/** By dataset, newest first; every dataset has at least one. */
export async function findVersionsOfDatasets(db: Executor, datasetIds: readonly string[]): Promise<Map<string, DatasetVersionRow[]>> {
  const rows = await db.select().from(datasetVersion).where(inArray(datasetVersion.datasetId, [...datasetIds])).orderBy(desc(datasetVersion.version));
  const versions = new Map<string, DatasetVersionRow[]>(datasetIds.map((id) => [id, []]));
  for (const row of rows) versions.get(row.datasetId)?.push(row);
  return versions;
}
