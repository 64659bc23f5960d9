import { lte } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { savedView } from '../../schema';

/** Those deleted before that. */
export async function removeViews(db: Executor, before: Date): Promise<number> {
  const { rowCount } = await db.delete(savedView).where(lte(savedView.deletedAt, before));
  return rowCount ?? 0;
}
