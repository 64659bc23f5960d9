import { and, count, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../connect';
import { savedView, type SavedViewRow } from '../../schema';
import { onceMore } from '../deletion/once-more';
import { giveUpDefault, isViewNameTaken } from './view-place';

export type NewView = Pick<SavedViewRow, 'projectId' | 'page' | 'name' | 'state' | 'isDefault'>;

/** Of one page of a project. */
export const mostViews = 200;

export function insertView(db: Database, values: NewView): Promise<SavedViewRow | 'NAME_TAKEN' | 'TOO_MANY_VIEWS'> {
  return onceMore(() => db.transaction(async (tx) => {
    const [row] = await tx.select({ total: count() }).from(savedView).where(and(eq(savedView.projectId, values.projectId), eq(savedView.page, values.page), isNull(savedView.deletedAt)));
    if (row!.total >= mostViews) return 'TOO_MANY_VIEWS';
    if (await isViewNameTaken(tx, values)) return 'NAME_TAKEN';
    if (values.isDefault) await giveUpDefault(tx, values);
    const [view] = await tx.insert(savedView).values(values).returning();
    return view!;
  }));
}
