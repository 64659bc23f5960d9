import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** Those deleted before, with their history. */
export async function removeReports(db: Executor, before: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`/* removeReports */ delete from report where deleted_at <= ${before.toISOString()}`);
  return rowCount ?? 0;
}
