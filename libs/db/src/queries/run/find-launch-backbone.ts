import { eq } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { backbone } from '../../schema';

/** null when there is none of that name. */
export async function findLaunchBackbone(db: Executor, name: string): Promise<{ id: string } | null> {
  const [row] = await db.select({ id: backbone.id }).from(backbone).where(eq(backbone.name, name));
  return row ?? null;
}
