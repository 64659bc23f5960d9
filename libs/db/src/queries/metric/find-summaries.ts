import { asc, eq, getTableColumns, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { key, metricSeries, type MetricSeriesRow } from '../../schema';

export type MetricSummaryRow = MetricSeriesRow & { key: string };

/** Summaries of each run, by key. */
export async function findMetricSummaries(db: Executor, runIds: readonly string[]): Promise<Map<string, MetricSummaryRow[]>> {
  const rows = await db
    .select({ ...getTableColumns(metricSeries), key: key.name })
    .from(metricSeries)
    .innerJoin(key, eq(key.id, metricSeries.keyId))
    .where(inArray(metricSeries.runId, [...runIds]))
    .orderBy(asc(key.name));
  const byRun = new Map<string, MetricSummaryRow[]>();
  for (const row of rows) {
    const summaries = byRun.get(row.runId);
    if (summaries) summaries.push(row);
    else byRun.set(row.runId, [row]);
  }
  return byRun;
}
