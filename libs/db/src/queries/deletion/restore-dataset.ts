import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { dataset, type DatasetRow, project } from '../../schema';
import { onceMore } from './once-more';

export type RestoredDataset =
  | { ok: true; dataset: DatasetRow }
  | { ok: false; reason: 'DATASET_UNKNOWN' }
  | { ok: false; reason: 'DATASET_REMOVED' | 'PROJECT_DELETED' | 'NAME_TAKEN'; dataset: DatasetRow; project: string };

/** name: the one it comes back under; its own by default. One that is not deleted stays as it is. */
export async function restoreDataset(db: Database, id: string, name?: string | null): Promise<RestoredDataset> {
  if (!isId(id)) return { ok: false, reason: 'DATASET_UNKNOWN' };
  return onceMore(() => db.transaction(async (tx): Promise<RestoredDataset> => {
    const [found] = await tx.select().from(dataset).where(eq(dataset.id, id)).for('update');
    if (!found) return { ok: false, reason: 'DATASET_UNKNOWN' };
    if (!found.deletedAt) return { ok: true, dataset: found };
    const [owner] = await tx.select().from(project).where(eq(project.id, found.projectId)).for('share');
    const refuse = (reason: 'DATASET_REMOVED' | 'PROJECT_DELETED' | 'NAME_TAKEN'): RestoredDataset => ({ ok: false, reason, dataset: found, project: owner!.name });
    const [removed] = await tx.select({ id: dataset.id }).from(dataset).where(and(eq(dataset.id, id), isEmptied));
    if (removed) return refuse('DATASET_REMOVED');
    if (owner!.deletedAt) return refuse('PROJECT_DELETED');
    const wanted = name ?? found.name;
    const [taken] = await tx.select({ id: dataset.id }).from(dataset).where(and(eq(dataset.projectId, found.projectId), eq(dataset.name, wanted), isNull(dataset.deletedAt)));
    if (taken) return refuse('NAME_TAKEN');
    const [restored] = await tx.update(dataset).set({ deletedAt: null, name: wanted }).where(eq(dataset.id, id)).returning();
    return { ok: true, dataset: restored! };
  }));
}

/** gc took its pictures; the row is kept only because runs name it. */
export const isEmptied = sql`(
  exists (select from dataset_version where dataset_version.dataset_id = ${dataset.id} and train_count + val_count > 0)
  and not exists (select from dataset_version join picture on picture.version_id = dataset_version.id where dataset_version.dataset_id = ${dataset.id})
)`;
