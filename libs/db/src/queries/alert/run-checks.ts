import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** What is noted now; what is noted while they are looked at stays for the next time. */
export async function readChecks(db: Executor): Promise<number[]> {
  const { rows } = await db.execute<{ id: string }>(sql`/* readChecks */ select id from alert_check order by id limit 10000`);
  return rows.map(({ id }) => Number(id));
}

export async function removeChecks(db: Executor, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await db.execute(sql`/* removeChecks */ delete from alert_check where id = any(${sql.param([...ids])}::bigint[])`);
}
