import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import type { LogLineRow } from '../../schema';
import { lineOf, type StoredLine } from './list-log';

/** Of all runs at once; the rest comes with the next read. */
const most = { lines: 5_000, bytes: 4_000_000 };

/** Lines that arrived after the seq of each run, in order of arrival. more: not everything fitted. */
export async function readAppendedLines(db: Executor, since: ReadonlyMap<string, number>): Promise<{ byRun: Map<string, LogLineRow[]>; more: boolean }> {
  const byRun = new Map<string, LogLineRow[]>();
  if (since.size === 0) return { byRun, more: false };
  const { rows } = await db.execute<StoredLine & { before: string; bytes: number }>(sql`/* readAppendedLines */
    select * from (
      select fresh.*, octet_length(fresh.text) as bytes, sum(octet_length(fresh.text)) over (order by fresh.seq) - octet_length(fresh.text) as before
      from unnest(${sql.param([...since.keys()])}::uuid[], ${sql.param([...since.values()])}::bigint[]) as since(run_id, seq)
      cross join lateral (
        select * from log_line where log_line.run_id = since.run_id and log_line.seq > since.seq order by log_line.seq limit ${most.lines}
      ) fresh
      order by fresh.seq limit ${most.lines}
    ) counted
    where before < ${most.bytes}
    order by seq`);
  for (const row of rows) {
    const line = lineOf(row);
    const lines = byRun.get(line.runId);
    if (lines) lines.push(line);
    else byRun.set(line.runId, [line]);
  }
  const last = rows.at(-1);
  return { byRun, more: last !== undefined && (rows.length >= most.lines || Number(last.before) + last.bytes >= most.bytes) };
}
