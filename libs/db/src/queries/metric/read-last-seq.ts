import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** No chunk that is visible now has a higher seq. */
export async function readLastSeq(db: Executor): Promise<number> {
  const { rows } = await db.execute<{ seq: string }>(sql`/* readLastSeq */ select last_value as seq from metric_chunk_seq_seq`);
  return Number(rows[0]!.seq);
}
