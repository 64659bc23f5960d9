import { sql } from 'drizzle-orm';
import type { Executor } from '../connect';
import { channel, type Topic } from '../notice';

/** Inside a transaction the notice leaves when it commits. A hint, never the truth: listeners read the rows. */
export async function notify(db: Executor, topic: Topic, ids: string | readonly string[]): Promise<void> {
  const payloads = [ids].flat().map((id) => `${topic} ${id}`);
  if (payloads.length === 0) return;
  await db.execute(sql`/* notify */ select pg_notify(${channel}, payload) from unnest(${sql.param(payloads)}::text[]) payload`);
}
