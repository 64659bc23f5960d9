import { inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { datasetVersion, type DatasetVersionRow } from '../../schema';

export async function findDatasetVersions(db: Executor, ids: readonly string[]): Promise<Map<string, DatasetVersionRow>> {
  const rows = await db.select().from(datasetVersion).where(inArray(datasetVersion.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}
