import { eq } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { backbone } from '../../schema';

/** What launching needs to know of a backbone; null when there is none of that name. */
export async function findLaunchBackbone(db: Executor, name: string): Promise<{ id: string; status: (typeof backbone.$inferSelect)['status'] } | null> {
  const [row] = await db.select({ id: backbone.id, status: backbone.status }).from(backbone).where(eq(backbone.name, name));
  return row ?? null;
}
