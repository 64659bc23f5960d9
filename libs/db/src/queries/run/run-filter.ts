import { and, eq, exists, gt, gte, ilike, inArray, lt, lte, ne, not, or, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { QueryBuilder, alias } from 'drizzle-orm/pg-core';
import { isId } from '../../id';
import { backbone, dataset, datasetVersion, key as keyTable, metricSeries, run, type RunStatus } from '../../schema';

type Optional<T> = T | null | undefined;
export type MetricStat = 'LAST' | 'MIN' | 'MAX';

interface Bounds {
  gt?: Optional<number>;
  gte?: Optional<number>;
  lt?: Optional<number>;
  lte?: Optional<number>;
}

/** All that is given must hold. */
export interface RunFilter {
  and?: Optional<RunFilter[]>;
  or?: Optional<RunFilter[]>;
  not?: Optional<RunFilter>;
  ids?: Optional<string[]>;
  status?: Optional<RunStatus[]>;
  name?: Optional<{ eq?: Optional<string>; ne?: Optional<string>; in?: Optional<string[]>; contains?: Optional<string> }>;
  tag?: Optional<string>;
  config?: Optional<Bounds & { key: string; eq?: unknown; ne?: unknown }>;
  metric?: Optional<Bounds & { key: string; stat?: Optional<MetricStat> }>;
  createdAt?: Optional<{ after?: Optional<Date>; before?: Optional<Date> }>;
  parentRun?: Optional<string>;
  dataset?: Optional<string>;
  backbone?: Optional<string>;
}

const queries = new QueryBuilder();

export function matches(filter: RunFilter): SQL {
  const conditions: (SQL | undefined)[] = [];
  if (filter.and) conditions.push(...filter.and.map(matches));
  if (filter.or) conditions.push(filter.or.length > 0 ? or(...filter.or.map(matches)) : sql`false`);
  if (filter.not) conditions.push(not(matches(filter.not)));
  if (filter.ids) conditions.push(inArray(run.id, filter.ids.filter(isId)));
  if (filter.status) conditions.push(inArray(run.status, filter.status));
  if (filter.name) conditions.push(...matchName(filter.name));
  if (filter.tag) conditions.push(sql`${run.tags} @> array[${filter.tag}]::text[]`);
  if (filter.config) conditions.push(...matchConfig(filter.config));
  if (filter.metric) conditions.push(matchMetric(filter.metric));
  if (filter.createdAt?.after) conditions.push(gte(run.createdAt, filter.createdAt.after));
  if (filter.createdAt?.before) conditions.push(lt(run.createdAt, filter.createdAt.before));
  if (filter.parentRun) conditions.push(isId(filter.parentRun) ? eq(run.parentRunId, filter.parentRun) : sql`false`);
  if (filter.dataset) conditions.push(inArray(run.datasetVersionId, versionsOfDataset(filter.dataset)));
  if (filter.backbone) conditions.push(inArray(run.backboneId, queries.select({ id: backbone.id }).from(backbone).where(eq(backbone.name, filter.backbone))));
  return and(...conditions) ?? sql`true`;
}

function versionsOfDataset(name: string) {
  return queries
    .select({ id: datasetVersion.id })
    .from(datasetVersion)
    .innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
    .where(eq(dataset.name, name));
}

function matchName(name: NonNullable<RunFilter['name']>): (SQL | undefined)[] {
  return [
    isGiven(name.eq) ? eq(run.name, name.eq) : undefined,
    isGiven(name.ne) ? ne(run.name, name.ne) : undefined,
    name.in ? inArray(run.name, name.in) : undefined,
    isGiven(name.contains) ? ilike(run.name, `%${name.contains.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
  ];
}

function matchConfig({ key, eq: equal, ne: unequal, ...bounds }: NonNullable<RunFilter['config']>): (SQL | undefined)[] {
  const value = sql`${run.config} -> ${key}`;
  const number = sql`case when jsonb_typeof(${value}) = 'number' then (${run.config} ->> ${key})::float8 end`;
  return [
    equal === undefined ? undefined : sql`${value} is not distinct from ${JSON.stringify(equal)}::jsonb`,
    unequal === undefined ? undefined : sql`${value} is distinct from ${JSON.stringify(unequal)}::jsonb`,
    ...within(number, bounds),
  ];
}

/** NaN is neither above nor below anything, as in JavaScript; Postgres would put it above all. */
function matchMetric({ key, stat, ...bounds }: NonNullable<RunFilter['metric']>): SQL {
  const summary = alias(metricSeries, 'filtered_metric');
  const value = sql`nullif(${statColumn(summary, stat)}, 'NaN')`;
  return exists(queries.select({ one: sql`1` }).from(summary).innerJoin(keyTable, eq(keyTable.id, summary.keyId)).where(and(eq(summary.runId, run.id), eq(keyTable.name, key), ...within(value, bounds))));
}

export function statColumn(summary: { last: AnyColumn; min: AnyColumn; max: AnyColumn }, stat: Optional<MetricStat>): AnyColumn {
  return stat === 'MIN' ? summary.min : stat === 'MAX' ? summary.max : summary.last;
}

function within(value: SQL, bounds: Bounds): (SQL | undefined)[] {
  return [
    isGiven(bounds.gt) ? gt(value, bounds.gt) : undefined,
    isGiven(bounds.gte) ? gte(value, bounds.gte) : undefined,
    isGiven(bounds.lt) ? lt(value, bounds.lt) : undefined,
    isGiven(bounds.lte) ? lte(value, bounds.lte) : undefined,
  ];
}

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
