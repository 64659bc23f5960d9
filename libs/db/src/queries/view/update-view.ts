import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { savedView, type SavedViewRow } from '../../schema';
import { onceMore } from '../deletion/once-more';
import { giveUpDefault, isViewNameTaken } from './view-place';

/** undefined leaves a column as it is. deleted: out of sight, or back. */
export type ViewChanges = Partial<Pick<SavedViewRow, 'name' | 'state' | 'isDefault'>> & { deleted?: boolean };

export async function updateView(db: Database, id: string, { deleted, ...changes }: ViewChanges): Promise<SavedViewRow | 'VIEW_UNKNOWN' | 'NAME_TAKEN'> {
  if (!isId(id)) return 'VIEW_UNKNOWN';
  return onceMore(() => db.transaction(async (tx) => {
    const [before] = await tx.select().from(savedView).where(eq(savedView.id, id)).for('update');
    if (!before || (before.deletedAt && deleted === undefined)) return 'VIEW_UNKNOWN';
    const after = { ...before, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) };
    if (!deleted && (await isViewNameTaken(tx, after))) return 'NAME_TAKEN';
    if (!deleted && after.isDefault) await giveUpDefault(tx, after);
    const deletedAt = deleted === undefined ? undefined : deleted ? sql`coalesce(${savedView.deletedAt}, now())` : null;
    const [row] = await tx.update(savedView).set({ ...changes, deletedAt, updatedAt: sql`now()` }).where(eq(savedView.id, id)).returning();
    return row!;
  }));
}
