import { and, sql, type SQL } from 'drizzle-orm';
import { run } from '../../schema';
import { durationBefore, isOneOf, type MetricStat, statColumn } from './run-filter';
import type { RunScope } from './run-scope';

export const runOrderFields = ['CREATED_AT', 'STARTED_AT', 'ENDED_AT', 'DURATION', 'NAME', 'STATUS', 'KIND', 'END_REASON', 'PRIORITY', 'DATASET', 'BACKBONE', 'TRAINER', 'METRIC', 'CONFIG'] as const;

export interface RunOrder {
  field: (typeof runOrderFields)[number];
  /** Of the metric or config value, for METRIC and CONFIG. */
  key: string;
  stat: MetricStat;
  direction: 'ASC' | 'DESC';
}

type ValueType = 'text' | 'float8' | 'timestamptz' | 'run_status' | 'run_kind' | 'run_end_reason' | 'int4';

/** A value runs are ordered by; those without it come last in either direction. */
export interface OrderKey {
  value: SQL;
  type: ValueType;
}

interface Part {
  /** With run in it. */
  from: SQL;
  where: SQL;
  /** The same without run, where the index is one of another table: enough to count what there is at most. */
  entries?: SQL;
}

/**
 * A stretch of the order that an index holds in order: its rows, and the columns they are sorted by, the last of which
 * is the run's id. A list goes through the segments one after the other.
 */
export interface Segment {
  /** One for each part of the data that has an order of its own; their rows are merged. */
  parts: Part[];
  columns: SQL[];
  /** Tested on each row: what the index cannot tell. */
  only?: SQL;
  /** The values of its rows for the order's keys, null where they have none. */
  values: (SQL | null)[];
}

export interface OrderPlan {
  keys: OrderKey[];
  /** What the keys' values need besides run. */
  joins: SQL;
  /** The same for few runs, looked up one by one; only where the values come from nowhere else than the joins. */
  lookUps?: SQL;
  /** null: no index holds this order. */
  segments: Segment[] | null;
}

const typeOf: Record<RunOrder['field'], ValueType[]> = {
  CREATED_AT: ['timestamptz'], STARTED_AT: ['timestamptz'], ENDED_AT: ['timestamptz'], DURATION: ['float8'], NAME: ['text'], STATUS: ['run_status'], KIND: ['run_kind'],
  END_REASON: ['run_end_reason'], PRIORITY: ['int4'], DATASET: ['text'], BACKBONE: ['text'], TRAINER: ['text'], METRIC: ['float8'], CONFIG: ['float8', 'text'],
};

/** Of the values in a RunPosition. */
export const positionTypes = ({ field }: RunOrder): readonly ValueType[] => typeOf[field];

/** Beyond this many projects at once, orders are sorted rather than merged. */
const mostParts = 20;

export function planOrder({ field, key, stat }: RunOrder, scope: RunScope): OrderPlan {
  const projects = scope.projects.length > mostParts ? null : scope.projects;
  const column = (value: SQL, from: string[] | null, nullable: boolean): OrderPlan => ({
    keys: [{ value, type: typeOf[field][0]! }],
    joins: sql``,
    segments: from && [
      { parts: from.map((id) => ({ from: sql`run`, where: sql`${run.projectId} = ${id} and ${value} is not null` })), columns: [value, sql`${run.id}`], values: [value] },
      ...(nullable ? [{ parts: from.map((id) => ({ from: sql`run`, where: sql`${run.projectId} = ${id} and ${value} is null` })), columns: [value, sql`${run.id}`], values: [null] }] : []),
    ],
  });
  const named = (table: SQL, id: SQL, name: SQL): OrderPlan => ({ keys: [{ value: name, type: 'text' }], joins: sql`left join ${table} on ${id}`, segments: null });
  switch (field) {
    case 'CREATED_AT':
      return column(sql`${run.createdAt}`, projects, false);
    case 'NAME':
      return column(sql`${run.name}`, projects, false);
    case 'STATUS':
      return column(sql`${run.status}`, projects, false);
    case 'STARTED_AT':
      return column(sql`${run.startedAt}`, projects, true);
    case 'ENDED_AT':
      return column(sql`${run.endedAt}`, projects, true);
    case 'DURATION':
      return column(durationBefore, projects, true);
    case 'KIND':
      return column(sql`${run.kind}`, null, false);
    case 'END_REASON':
      return column(sql`${run.endReason}`, null, true);
    case 'PRIORITY':
      return column(sql`${run.priority}`, null, false);
    case 'BACKBONE':
      return named(sql`backbone as ordered`, sql`ordered.id = ${run.backboneId}`, sql`ordered.name`);
    case 'TRAINER':
      return named(sql`trainer as ordered`, sql`ordered.id = ${run.trainerId}`, sql`ordered.name`);
    case 'DATASET':
      return named(sql`(dataset_version as version join dataset as ordered on ordered.id = version.dataset_id)`, sql`version.id = ${run.datasetVersionId}`, sql`ordered.name`);
    case 'METRIC':
      return orderByMetric(scope.keys('METRIC', key), stat, projects);
    case 'CONFIG':
      return orderByConfig(scope.keys('PARAM', key), projects);
  }
}

/** NaN counts as missing. */
function orderByMetric(keys: number[], stat: MetricStat, projects: string[] | null): OrderPlan {
  const value = sql`ordered.${statColumn(stat)}`;
  const usable = sql`${value} < 'NaN'`;
  const parts = keys.map((id) => ({ from: sql`metric_series as ordered join run on ${run.id} = ordered.run_id`, entries: sql`metric_series as ordered`, where: sql`ordered.key_id = ${id} and ${usable}` }));
  const missing = keys.length > 0 ? sql`not exists (select from metric_series as ordered where ordered.run_id = ${run.id} and ${isOneOf(sql`ordered.key_id`, keys)} and ${usable} offset 0)` : undefined;
  return {
    keys: [{ value, type: 'float8' }],
    ...(keys.length > 0 ? joined('metric_series', and(isOneOf(sql`ordered.key_id`, keys), usable)!) : { joins: noRows(sql`null::float8 as last, null::float8 as min, null::float8 as max`) }),
    segments: projects && keys.length <= mostParts ? [{ parts, columns: [value, sql`ordered.run_id`], values: [value] }, byId(projects, [null], missing)] : null,
  };
}

/** Numbers first, then whatever else, as text. */
function orderByConfig(keys: number[], projects: string[] | null): OrderPlan {
  const text = sql`case when ordered.number is null then ordered.text end`;
  const from = sql`run_param as ordered join run on ${run.id} = ordered.run_id`;
  const parts = (test: SQL) => keys.map((id) => ({ from, entries: sql`run_param as ordered`, where: sql`ordered.key_id = ${id} and ${test}` }));
  const missing = keys.length > 0 ? sql`not exists (select from run_param as ordered where ordered.run_id = ${run.id} and ${isOneOf(sql`ordered.key_id`, keys)} offset 0)` : undefined;
  return {
    keys: [{ value: sql`ordered.number`, type: 'float8' }, { value: text, type: 'text' }],
    ...(keys.length > 0 ? joined('run_param', isOneOf(sql`ordered.key_id`, keys)) : { joins: noRows(sql`null::float8 as number, null::text as text`) }),
    segments:
      projects && keys.length <= mostParts
        ? [
            { parts: parts(sql`ordered.number is not null`), columns: [sql`ordered.number`, sql`ordered.run_id`], values: [sql`ordered.number`, null] },
            { parts: parts(sql`ordered.number is null`), columns: [sql`ordered.text`, sql`ordered.run_id`], values: [null, sql`ordered.text`] },
            byId(projects, [null, null], missing),
          ]
        : null,
  };
}

/** offset 0: looked up for each run, whatever Postgres takes the number of runs for. */
function joined(table: 'metric_series' | 'run_param', condition: SQL): { joins: SQL; lookUps: SQL } {
  const source = sql.identifier(table);
  return {
    joins: sql`left join ${source} as ordered on ordered.run_id = ${run.id} and ${condition}`,
    lookUps: sql`left join lateral (select * from ${source} as ordered where ordered.run_id = ${run.id} and ${condition} offset 0) as ordered on true`,
  };
}

const noRows = (columns: SQL): SQL => sql`left join (select ${columns}) as ordered on false`;

const byId = (projects: string[], values: null[], only?: SQL): Segment => ({
  parts: projects.map((id) => ({ from: sql`run`, where: sql`${run.projectId} = ${id}` })),
  columns: [sql`${run.id}`],
  only,
  values,
});
