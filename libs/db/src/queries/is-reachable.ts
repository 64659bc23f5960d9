import { sql } from 'drizzle-orm';
import type { Executor } from '../connect';

export async function isReachable(db: Executor): Promise<boolean> {
  return db.execute(sql`/* isReachable */ select 1`).then(() => true, () => false);
}
