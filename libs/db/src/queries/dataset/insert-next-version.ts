import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../connect';
import { dataset, datasetVersion, type DatasetVersionRow } from '../../schema';
import { referToBlobs } from '../blob/refer-to-blobs';
import { insertVersion, type NewVersion } from './insert-version';

export type InsertedVersion = { ok: true; version: DatasetVersionRow } | { ok: false; reason: 'DATASET_GONE' | 'BLOB_GONE' | 'NO_LONGER_LATEST' };

/**
 * The version after the dataset's latest, whoever its parent is. With onlyAfter it is refused once the latest is another
 * than that, so that the caller can make its changes to what came meanwhile. Creations wait for one another at the
 * dataset's row, so that each gets a number of its own.
 */
export function insertNextVersion(db: Database, parent: Pick<DatasetVersionRow, 'id' | 'datasetId'>, version: NewVersion, { onlyAfter }: { onlyAfter: number | null }): Promise<InsertedVersion> {
  return db.transaction(async (tx) => {
    if ((await referToBlobs(tx, version.pictures.map(({ sha256 }) => sha256))).length > 0) return { ok: false, reason: 'BLOB_GONE' };
    const [owner] = await tx.select({ id: dataset.id }).from(dataset).where(and(eq(dataset.id, parent.datasetId), isNull(dataset.deletedAt))).for('update');
    if (!owner) return { ok: false, reason: 'DATASET_GONE' };
    const [latest] = await tx.select({ version: datasetVersion.version }).from(datasetVersion).where(eq(datasetVersion.datasetId, owner.id)).orderBy(desc(datasetVersion.version)).limit(1);
    if (onlyAfter !== null && latest!.version !== onlyAfter) return { ok: false, reason: 'NO_LONGER_LATEST' };
    return { ok: true, version: await insertVersion(tx, { datasetId: owner.id, version: latest!.version + 1, parentId: parent.id }, version) };
  });
}
