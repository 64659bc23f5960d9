import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { run, runStatus, type RunStatus } from '../../schema';
import { groupColumn, type GroupField } from './group-field';
import { inSight, type RunList } from './list-runs';
import { isOneOf, matches, type MetricStat, statColumn } from './run-filter';
import { findRunScope, keysIn } from './run-scope';

export interface RunGroupRow {
  /** In the order of `fields`, then of `by`; null where the runs have no such value. */
  values: (number | string | null)[];
  count: number;
  statusCounts: { status: RunStatus; count: number }[];
  /** In the order of `metrics`, over finite values. */
  aggregates: { count: number; mean: number | null; std: number | null; min: number | null; max: number | null }[];
}

export interface RunGrouping {
  fields: readonly GroupField[];
  by: readonly string[];
  metrics: readonly { key: string; stat: MetricStat }[];
}

/** The largest groups first, equals by their values. total: groups in all. */
export async function groupRuns(db: Executor, list: RunList, { fields, by, metrics }: RunGrouping, limit: number, offset: number): Promise<{ groups: RunGroupRow[]; total: number }> {
  const names = [...keysIn(list.filter), ...by.map((name) => ({ kind: 'PARAM' as const, name })), ...metrics.map(({ key }) => ({ kind: 'METRIC' as const, name: key }))];
  const scope = await findRunScope(db, list.project, names);
  const params = by.map((name, n) => ({ as: sql.identifier(`p${n}`), keys: scope.keys('PARAM', name) }));
  const series = metrics.map(({ key, stat }, n) => ({ as: sql.identifier(`m${n}`), keys: scope.keys('METRIC', key), column: statColumn(stat) }));
  const facts = fields.map((field) => groupColumn(field));
  const joins = [
    ...facts.flatMap(({ join }) => join ?? []),
    ...params.map(({ as, keys }) => sql`left join run_param as ${as} on ${as}.run_id = ${run.id} and ${ofKeys(as, keys)}`),
    ...series.map(({ as, keys, column }) => sql`left join metric_series as ${as} on ${as}.run_id = ${run.id} and ${ofKeys(as, keys)} and ${as}.${column} < 'Infinity' and ${as}.${column} > '-Infinity'`),
  ];
  const texts = params.map(({ as }) => sql`case when ${as}.number is null then ${as}.text end`);
  const grouped = [...facts.map(({ value }) => value), ...params.flatMap(({ as }, n) => [sql`${as}.number`, texts[n]!])];
  const values = [...facts.map(({ value }) => value), ...params.map(({ as }, n) => sql`coalesce(to_json(${as}.number), to_json(${texts[n]!}))`)];
  const aggregates = series.map(({ as, column }) => sql`json_build_object('count', count(${as}.${column})::int, 'mean', avg(${as}.${column}), 'std', stddev_samp(${as}.${column}), 'min', min(${as}.${column}), 'max', max(${as}.${column}))`);
  const { rows } = await db.execute<{ values: (number | string | null)[]; statuses: number[]; aggregates: RunGroupRow['aggregates']; count: number; total: number }>(sql`/* groupRuns */
    select json_build_array(${sql.join(values, sql`, `)}) as values, count(*)::int as count,
      json_build_array(${sql.join(runStatus.enumValues.map((status) => sql`count(*) filter (where ${run.status} = ${status})`), sql`, `)}) as statuses,
      json_build_array(${sql.join(aggregates, sql`, `)}) as aggregates, (count(*) over ())::int as total
    from run ${sql.join(joins, sql` `)} where ${inSight(scope, list.filter)} and ${matches(list.filter, scope, 'SET')}
    group by ${sql.join(grouped, sql`, `)} order by count(*) desc, ${sql.join(grouped, sql`, `)} limit ${limit} offset ${offset}`);
  const groups = rows.map(({ values, count, statuses, aggregates: figures }) => ({
    values,
    count,
    statusCounts: runStatus.enumValues.map((status, n) => ({ status, count: statuses[n]! })).filter((each) => each.count > 0),
    aggregates: figures,
  }));
  return { groups, total: rows[0]?.total ?? 0 };
}

const ofKeys = (as: ReturnType<typeof sql.identifier>, keys: number[]) => (keys.length > 0 ? isOneOf(sql`${as}.key_id`, keys) : sql`false`);
