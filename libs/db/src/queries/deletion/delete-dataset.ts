import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { dataset, type DatasetRow, run, type RunRow } from '../../schema';
import { activeOnDataset } from './active-runs';

export type DeletedDataset = { ok: true; dataset: DatasetRow } | { ok: false; reason: 'DATASET_UNKNOWN' } | { ok: false; reason: 'DATASET_IN_USE'; runs: RunRow[] };

/** Its runs stay. One that is deleted already stays as it is. */
export async function deleteDataset(db: Database, id: string): Promise<DeletedDataset> {
  if (!isId(id)) return { ok: false, reason: 'DATASET_UNKNOWN' };
  return db.transaction(async (tx): Promise<DeletedDataset> => {
    const [found] = await tx.select().from(dataset).where(eq(dataset.id, id)).for('update');
    if (!found) return { ok: false, reason: 'DATASET_UNKNOWN' };
    if (found.deletedAt) return { ok: true, dataset: found };
    const runs = await tx.select().from(run).where(activeOnDataset(id));
    if (runs.length > 0) return { ok: false, reason: 'DATASET_IN_USE', runs };
    const [deleted] = await tx.update(dataset).set({ deletedAt: sql`now()` }).where(eq(dataset.id, id)).returning();
    return { ok: true, dataset: deleted! };
  });
}
