import { asc, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { metricSummary, type MetricSummaryRow } from '../../schema';

/** Summaries of each run, by key. */
export async function findMetricSummaries(db: Executor, runIds: readonly string[]): Promise<Map<string, MetricSummaryRow[]>> {
  const rows = await db.select().from(metricSummary).where(inArray(metricSummary.runId, [...runIds])).orderBy(asc(metricSummary.key));
  const byRun = new Map<string, MetricSummaryRow[]>();
  for (const row of rows) {
    const summaries = byRun.get(row.runId);
    if (summaries) summaries.push(row);
    else byRun.set(row.runId, [row]);
  }
  return byRun;
}
