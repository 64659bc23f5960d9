import { sql } from 'drizzle-orm';
import type { Database } from '../../connect';

/** Rows of metrics come and go too fast for autovacuum's pace; outside a transaction. True when it was worth the while. */
export async function vacuumMetrics(db: Database, gone: { chunks: number; summaries: number }): Promise<boolean> {
  const { rows } = await db.execute<{ name: string; rows: number }>(sql`/* vacuumMetrics */ select relname as name, reltuples::float8 as rows from pg_class where oid in ('metric_chunk'::regclass, 'metric_series'::regclass)`);
  const isDue = (name: string, dead: number) => dead > Math.max(20_000, 0.05 * (rows.find((row) => row.name === name)?.rows ?? 0));
  const due = [isDue('metric_chunk', gone.chunks) && 'metric_chunk', isDue('metric_series', gone.summaries) && 'metric_series'].filter(Boolean);
  if (due.length === 0) return false;
  await db.execute(sql.raw(`vacuum (skip_locked, process_toast false) ${due.join(', ')}`));
  return true;
}
