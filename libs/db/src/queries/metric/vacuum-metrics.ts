import { sql } from 'drizzle-orm';
import type { Database } from '../../connect';

/** Rows of metrics come and go too fast for autovacuum's pace; outside a transaction. What was worth the while. */
export async function vacuumMetrics(db: Database, gone: { chunks: number; summaries: number }): Promise<('metric_chunk' | 'metric_series')[]> {
  const { rows } = await db.execute<{ name: string; rows: number }>(sql`/* vacuumMetrics */ select relname as name, reltuples::float8 as rows from pg_class where oid in ('metric_chunk'::regclass, 'metric_series'::regclass)`);
  // Of the chunks few stay, so few that are gone already double the table.
  const isDue = (name: string, dead: number, least: number) => dead > Math.max(least, 0.05 * (rows.find((row) => row.name === name)?.rows ?? 0));
  const due = [isDue('metric_chunk', gone.chunks, 4_000) && ('metric_chunk' as const), isDue('metric_series', gone.summaries, 20_000) && ('metric_series' as const)].filter((name) => name !== false);
  if (due.length > 0) await db.execute(sql.raw(`vacuum (skip_locked, process_toast false) ${due.join(', ')}`));
  return due;
}
