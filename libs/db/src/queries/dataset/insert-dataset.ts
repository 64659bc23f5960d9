import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../connect';
import { dataset, type DatasetRow, type DatasetVersionRow, project } from '../../schema';
import { referToBlobs } from '../blob/refer-to-blobs';
import { insertVersion, type NewVersion } from './insert-version';

export interface NewDataset {
  /** made when there is none of that name */
  project: string;
  name: string;
  version: NewVersion;
}

export type InsertedDataset = { ok: true; dataset: DatasetRow; version: DatasetVersionRow } | { ok: false; reason: 'NAME_TAKEN' | 'BLOB_GONE' };

/** A dataset with its first version and every picture, or nothing at all. */
export function insertDataset(db: Database, { project: projectName, name, version }: NewDataset): Promise<InsertedDataset> {
  return db.transaction(async (tx) => {
    if ((await referToBlobs(tx, version.pictures.map(({ sha256 }) => sha256))).length > 0) return { ok: false, reason: 'BLOB_GONE' };
    await tx.insert(project).values({ name: projectName }).onConflictDoNothing();
    const [owner] = await tx.select({ id: project.id }).from(project).where(and(eq(project.name, projectName), isNull(project.deletedAt)));
    if (!owner) throw new Error(`Project "${projectName}" was deleted while its dataset was written.`);
    const [inserted] = await tx.insert(dataset).values({ projectId: owner.id, name }).onConflictDoNothing().returning();
    if (!inserted) return { ok: false, reason: 'NAME_TAKEN' };
    return { ok: true, dataset: inserted, version: await insertVersion(tx, { datasetId: inserted.id, version: 1, parentId: null }, version) };
  });
}
