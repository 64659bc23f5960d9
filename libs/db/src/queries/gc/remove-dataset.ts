import { and, asc, eq, exists, gt, inArray, isNotNull, lte, not, or, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { dataset, datasetVersion, duplicatePicture, picture, run } from '../../schema';
import { activeOnDataset } from '../deletion/active-runs';
import { isEmptied } from '../deletion/restore-dataset';

/**
 * The next dataset (by id) that was deleted before: its pictures, and itself unless runs still name it. null: none is
 * left. One that a waiting run needs stays as it is.
 */
export function removeDataset(db: Database, before: Date, after: string | null): Promise<{ id: string; removed: boolean } | null> {
  return db.transaction(async (tx) => {
    const named = exists(tx.select({ one: sql`1` }).from(run).innerJoin(datasetVersion, eq(datasetVersion.id, run.datasetVersionId)).where(eq(datasetVersion.datasetId, dataset.id)));
    const [doomed] = await tx
      .select({ id: dataset.id })
      .from(dataset)
      .where(and(isNotNull(dataset.deletedAt), lte(dataset.deletedAt, before), after ? gt(dataset.id, after) : undefined, or(not(isEmptied), not(named))))
      .orderBy(asc(dataset.id))
      .limit(1)
      .for('update', { of: dataset, skipLocked: true });
    if (!doomed) return null;
    const { id } = doomed;
    // From here on no run can come to name one of them.
    const versions = (await tx.select({ id: datasetVersion.id }).from(datasetVersion).where(eq(datasetVersion.datasetId, id)).for('update')).map((row) => row.id);
    const [active] = await tx.select({ id: run.id }).from(run).where(activeOnDataset(id)).limit(1);
    if (active) return { id, removed: false };
    const [naming] = await tx.select({ id: run.id }).from(run).where(inArray(run.datasetVersionId, versions)).limit(1);
    await tx.delete(duplicatePicture).where(inArray(duplicatePicture.versionId, versions));
    await tx.delete(picture).where(inArray(picture.versionId, versions));
    if (!naming) await tx.delete(dataset).where(eq(dataset.id, id));
    return { id, removed: true };
  });
}
