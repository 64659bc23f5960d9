import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** How many queued runs go before each of these; one that is not queued is left out. The whole queue is numbered once, from its index. */
export async function countAhead(db: Executor, runIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ id: string; ahead: string }>(sql`/* countAhead */
    select id, ahead from (select id, row_number() over (order by priority desc, created_at, id) - 1 as ahead from run where status = 'QUEUED' and deleted_at is null) waiting
    where id = any(${sql.param([...runIds])}::uuid[])`);
  return new Map(rows.map(({ id, ahead }) => [id, Number(ahead)]));
}
