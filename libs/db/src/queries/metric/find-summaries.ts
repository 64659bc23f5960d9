import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import type { MetricSeriesRow } from '../../schema';

export type MetricSummaryRow = Omit<MetricSeriesRow, 'id' | 'claim'> & { key: string };

/** A run with more is answered with one more than these, so that the caller notices. */
export const mostSummaries = 5_000;

/** Summaries of each run, by key. */
export const findMetricSummaries = (db: Executor, runIds: readonly string[]): Promise<Map<string, MetricSummaryRow[]>> =>
  find(db, sql`unnest(${sql.param([...runIds])}::uuid[]) as r(id) cross join lateral (
    select s.*, k.name from metric_series s join key k on k.id = s.key_id where s.run_id = r.id order by k.name limit ${mostSummaries + 1}) s`);

/** What to look up with findSummariesOfKeys: some keys of one run. */
export const summariesOf = (runId: string, keys: readonly string[]): string => JSON.stringify([runId, ...keys]);

/** Those keys only, by key: a list of runs never touches the others, however many there are. */
export async function findSummariesOfKeys(db: Executor, wanted: readonly string[]): Promise<Map<string, MetricSummaryRow[]>> {
  const wishes = wanted.map((each) => ({ each, keys: JSON.parse(each) as [runId: string, ...keys: string[]] }));
  const names = new Set(wishes.flatMap(({ keys: [, ...keys] }) => keys));
  const byRun = await find(db, sql`run r join key k on k.project_id = r.project_id and k.kind = 'METRIC' and k.name = any(${sql.param([...names])}::text[])
    join metric_series s on s.run_id = r.id and s.key_id = k.id`, sql`where r.id = any(${sql.param(wishes.map(({ keys: [runId] }) => runId))}::uuid[])`, sql`k.name`);
  return new Map(wishes.map(({ each, keys: [runId, ...keys] }) => {
    const own = new Set(keys);
    return [each, (byRun.get(runId) ?? []).filter(({ key }) => own.has(key))];
  }));
}

async function find(db: Executor, from: SQL, where = sql``, name = sql`s.name`): Promise<Map<string, MetricSummaryRow[]>> {
  const { rows } = await db.execute<Stored>(
    sql`/* findMetricSummaries */ select s.run_id, ${name} as key, s.key_id, s.count, s.last, s.last_step, s.min, s.min_step, s.max, s.max_step from ${from} ${where} order by key`,
  );
  const byRun = new Map<string, MetricSummaryRow[]>();
  for (const row of rows) {
    const summary = { runId: row.run_id, key: row.key, keyId: row.key_id, count: Number(row.count), last: row.last, lastStep: Number(row.last_step), min: row.min, minStep: toNumber(row.min_step), max: row.max, maxStep: toNumber(row.max_step) };
    const summaries = byRun.get(row.run_id);
    if (summaries) summaries.push(summary);
    else byRun.set(row.run_id, [summary]);
  }
  return byRun;
}

const toNumber = (text: string | null) => (text === null ? null : Number(text));

/** As Postgres gives it: bigint as text. */
type Stored = { run_id: string; key: string; key_id: number; count: string; last: number; last_step: string; min: number | null; min_step: string | null; max: number | null; max_step: string | null };
