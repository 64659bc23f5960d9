import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { savedView, type SavedViewRow } from '../../schema';

type Place = Pick<SavedViewRow, 'projectId' | 'page'> & { id?: string };

const others = ({ projectId, page, id }: Place) => and(eq(savedView.projectId, projectId), eq(savedView.page, page), isNull(savedView.deletedAt), id ? ne(savedView.id, id) : undefined);

/** Whether another view of the page has that name. */
export async function isViewNameTaken(tx: Executor, { name, ...place }: Place & { name: string }): Promise<boolean> {
  const rows = await tx.select({ id: savedView.id }).from(savedView).where(and(others(place), eq(savedView.name, name))).limit(1);
  return rows.length > 0;
}

/** Of all others of the page, before one becomes the default. */
export async function giveUpDefault(tx: Executor, place: Place): Promise<void> {
  await tx.update(savedView).set({ isDefault: false }).where(and(others(place), eq(savedView.isDefault, true)));
}
