import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../connect';
import { dataset, type DatasetRow, datasetVersion, type DatasetVersionRow, picture, type PictureRow, project } from '../../schema';
import { referToBlobs } from '../blob/refer-to-blobs';

export interface NewDataset {
  /** made when there is none of that name */
  project: string;
  name: string;
  version: Pick<DatasetVersionRow, 'digest' | 'classes' | 'trainCount' | 'valCount' | 'skipped' | 'splitSeed' | 'valFraction'>;
  /** in position order */
  pictures: (Omit<PictureRow, 'versionId' | 'position' | 'perceptualHash'> & { size: number })[];
}

export type InsertedDataset = { ok: true; dataset: DatasetRow } | { ok: false; reason: 'NAME_TAKEN' | 'BLOB_GONE' };

/** A dataset with its first version and every picture, or nothing at all. */
export function insertDataset(db: Database, { project: projectName, name, version, pictures }: NewDataset): Promise<InsertedDataset> {
  return db.transaction(async (tx) => {
    if ((await referToBlobs(tx, pictures.map(({ sha256 }) => sha256))).length > 0) return { ok: false, reason: 'BLOB_GONE' };
    await tx.insert(project).values({ name: projectName }).onConflictDoNothing();
    const [owner] = await tx.select({ id: project.id }).from(project).where(and(eq(project.name, projectName), isNull(project.deletedAt)));
    if (!owner) throw new Error(`Project "${projectName}" was deleted while its dataset was written.`);
    const [inserted] = await tx.insert(dataset).values({ projectId: owner.id, name }).onConflictDoNothing().returning();
    if (!inserted) return { ok: false, reason: 'NAME_TAKEN' };
    const [firstVersion] = await tx.insert(datasetVersion).values({ datasetId: inserted.id, version: 1, ...version }).returning({ id: datasetVersion.id });
    const rows = pictures.map(({ size: _, ...row }, position) => ({ ...row, versionId: firstVersion!.id, position }));
    // Postgres takes 65,535 parameters a statement; a picture has 8.
    for (let start = 0; start < rows.length; start += 5000) await tx.insert(picture).values(rows.slice(start, start + 5000));
    return { ok: true, dataset: inserted };
  });
}
