import { and, desc, eq } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { datasetVersion, type DatasetVersionRow } from '../../schema';

/** The version asked for, else the latest; null when there is no such version. */
export async function findDatasetVersion(db: Executor, datasetId: string, version?: number | null): Promise<DatasetVersionRow | null> {
  const [row] = await db
    .select()
    .from(datasetVersion)
    .where(and(eq(datasetVersion.datasetId, datasetId), version ? eq(datasetVersion.version, version) : undefined))
    .orderBy(desc(datasetVersion.version))
    .limit(1);
  return row ?? null;
}
