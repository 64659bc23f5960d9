import { and, inArray, or, sql, type SQL } from 'drizzle-orm';
import { isId } from '../../id';
import { backbone, dataset, datasetVersion, run, trainer, type RunEndReason, type RunRow, type RunStatus } from '../../schema';
import type { RunScope } from './run-scope';

type Optional<T> = T | null | undefined;
export type MetricStat = 'LAST' | 'MIN' | 'MAX';

export interface Bounds {
  gt?: Optional<number>;
  gte?: Optional<number>;
  lt?: Optional<number>;
  lte?: Optional<number>;
}

export interface NumberTests extends Bounds {
  eq?: Optional<number>;
  ne?: Optional<number>;
  exists?: Optional<boolean>;
}

export interface TextTests {
  eq?: Optional<string>;
  ne?: Optional<string>;
  in?: Optional<string[]>;
  contains?: Optional<string>;
  exists?: Optional<boolean>;
}

export interface DateTests {
  after?: Optional<Date | string>;
  before?: Optional<Date | string>;
  exists?: Optional<boolean>;
}

export type MetricTests = NumberTests & { key: string; stat?: Optional<MetricStat> };
export type ConfigTests = Bounds & { key: string; eq?: unknown; ne?: unknown; in?: Optional<unknown[]>; contains?: Optional<string>; exists?: Optional<boolean> };

/** All that is given must hold; null is not given. `ne` and `not` hold for runs that have no value at all. */
export interface RunFilter {
  and?: Optional<RunFilter[]>;
  or?: Optional<RunFilter[]>;
  not?: Optional<RunFilter>;
  ids?: Optional<string[]>;
  status?: Optional<RunStatus[]>;
  kind?: Optional<RunRow['kind'][]>;
  endReason?: Optional<RunEndReason[]>;
  name?: Optional<TextTests>;
  notes?: Optional<TextTests>;
  tag?: Optional<string>;
  config?: Optional<ConfigTests>;
  metric?: Optional<MetricTests>;
  createdAt?: Optional<DateTests>;
  startedAt?: Optional<DateTests>;
  endedAt?: Optional<DateTests>;
  duration?: Optional<NumberTests>;
  parentRun?: Optional<string>;
  dataset?: Optional<string>;
  backbone?: Optional<string>;
  trainer?: Optional<string>;
  gitCommit?: Optional<string>;
  deleted?: Optional<boolean>;
}

/**
 * How conditions on metrics and config are asked. ROW: looked up run by run, for few runs or a walk that stops early.
 * SET: all that match are gathered first, for going through every run.
 */
export type Plan = 'ROW' | 'SET';

/** A condition is null where it has nothing to compare; `not` takes that for false, so that it holds. */
export const negate = (condition: SQL): SQL => sql`((${condition}) is not true)`;
export const never = sql`false`;
export const always = sql`true`;

/** Instead of a name of a dataset, backbone or trainer: runs that have none. */
export const none = '';

export function matches(filter: RunFilter, scope: RunScope, plan: Plan): SQL {
  const inner = (part: RunFilter) => matches(part, scope, plan);
  const conditions: (SQL | undefined)[] = [];
  if (filter.and) conditions.push(...filter.and.map(inner));
  if (filter.or) conditions.push(filter.or.length > 0 ? or(...filter.or.map(inner)) : never);
  if (filter.not) conditions.push(negate(inner(filter.not)));
  if (filter.ids) conditions.push(sql`${run.id} = any(${sql.param(filter.ids.filter(isId))}::uuid[])`);
  if (filter.status) conditions.push(inArray(run.status, filter.status));
  if (filter.kind) conditions.push(inArray(run.kind, filter.kind));
  if (filter.endReason) conditions.push(inArray(run.endReason, filter.endReason));
  if (filter.name) conditions.push(...textTests(sql`${run.name}`, filter.name));
  if (filter.notes) conditions.push(...textTests(sql`${run.notes}`, filter.notes));
  if (isGiven(filter.tag)) conditions.push(sql`${run.tags} @> array[${filter.tag}]::text[]`);
  if (filter.config) conditions.push(...configConditions(filter.config, scope, plan));
  if (filter.metric) conditions.push(...metricConditions(filter.metric, scope, plan));
  if (filter.createdAt) conditions.push(...dateTests(sql`${run.createdAt}`, filter.createdAt));
  if (filter.startedAt) conditions.push(...dateTests(sql`${run.startedAt}`, filter.startedAt));
  if (filter.endedAt) conditions.push(...dateTests(sql`${run.endedAt}`, filter.endedAt));
  if (filter.duration) conditions.push(...numberTests(durationNow, filter.duration));
  if (isGiven(filter.parentRun)) conditions.push(isId(filter.parentRun) ? sql`${run.parentRunId} = ${filter.parentRun}` : never);
  if (isGiven(filter.dataset)) conditions.push(filter.dataset === none ? sql`${run.datasetVersionId} is null` : sql`${run.datasetVersionId} = any(${versionsOf(filter.dataset)})`);
  if (isGiven(filter.backbone)) conditions.push(filter.backbone === none ? sql`${run.backboneId} is null` : sql`${run.backboneId} = any(${backbonesNamed(filter.backbone)})`);
  if (isGiven(filter.trainer)) conditions.push(filter.trainer === none ? sql`${run.trainerId} is null` : sql`${run.trainerId} = any(array(select ${trainer.id} from ${trainer} where ${trainer.name} = ${filter.trainer}))`);
  if (isGiven(filter.gitCommit)) conditions.push(sql`starts_with(lower(${run.gitCommit}), lower(${filter.gitCommit}))`);
  if (isGiven(filter.deleted)) conditions.push(filter.deleted ? sql`${run.deletedAt} is not null` : sql`${run.deletedAt} is null`);
  return and(...conditions) ?? always;
}

/** Who asks for deleted runs, or for those that are not, says so somewhere; else they are out of sight. */
export function mentionsDeleted(filter: RunFilter): boolean {
  return isGiven(filter.deleted) || [...(filter.and ?? []), ...(filter.or ?? []), ...(filter.not ? [filter.not] : [])].some(mentionsDeleted);
}

/** Seconds, of a run that nobody works on now; the index run_by_duration holds this very expression. */
export const durationBefore = sql`(coalesce(${run.workedSeconds}, extract(epoch from ${run.endedAt} - ${run.startedAt})::float8))`;
const durationNow = sql`coalesce(${durationBefore}, case when ${run.status} = 'RUNNING' then extract(epoch from now() - coalesce(${run.countsFrom}, ${run.startedAt}))::float8 end)`;

export const versionsOf = (name: string): SQL =>
  sql`array(select ${datasetVersion.id} from ${datasetVersion} join ${dataset} on ${dataset.id} = ${datasetVersion.datasetId} where ${dataset.name} = ${name} and ${dataset.deletedAt} is null)`;
export const backbonesNamed = (name: string): SQL => sql`array(select ${backbone.id} from ${backbone} where ${backbone.name} = ${name})`;

function metricConditions(tests: MetricTests, scope: RunScope, plan: Plan): SQL[] {
  const { ne, exists, ...positive } = tests;
  const found = (given: MetricTests) => lookUp(metricRows(given, scope), plan);
  const conditions: SQL[] = [];
  if (Object.keys(positive).some((name) => name !== 'key' && name !== 'stat' && isGiven(positive[name as keyof Bounds]))) conditions.push(found(positive));
  if (isGiven(ne)) conditions.push(negate(found({ key: tests.key, stat: tests.stat, eq: ne })));
  if (isGiven(exists)) conditions.push(exists ? found({ key: tests.key }) : negate(found({ key: tests.key })));
  return conditions;
}

/** Rows of metric_series that pass: what to select them by, and null when no run in scope has the key. */
export interface Rows {
  from: SQL;
  alternatives: SQL[];
}

/** NaN is neither above nor below anything, as in JavaScript; Postgres would put it above all. */
export function metricRows({ key, stat, ...tests }: MetricTests, scope: RunScope): Rows | null {
  const keys = scope.keys('METRIC', key);
  if (keys.length === 0) return null;
  const value = statColumn(stat);
  const isAbove = isGiven(tests.gt) || isGiven(tests.gte);
  return { from: sql`metric_series as found`, alternatives: [and(isOneOf(sql`found.key_id`, keys), ...numberTests(sql`found.${value}`, tests), isAbove ? sql`found.${value} < 'NaN'` : undefined)!] };
}

export const statColumn = (stat: Optional<MetricStat>): SQL => (stat === 'MIN' ? sql`min` : stat === 'MAX' ? sql`max` : sql`last`);

/** A list of one as a plain equality: an index that starts with the column then keeps its order. */
export const isOneOf = (column: SQL, values: readonly (number | string)[]): SQL =>
  values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${sql.param([...values])})`;

function configConditions(tests: ConfigTests, scope: RunScope, plan: Plan): SQL[] {
  const { key, eq: equal, ne: unequal, in: among, contains, exists, ...bounds } = tests;
  const found = (test: ConfigTests) => lookUp(configRows(test, scope), plan);
  const conditions: SQL[] = [];
  if (equal !== undefined) conditions.push(equal === null ? negate(found({ key, exists: true })) : found({ key, eq: equal }));
  if (unequal !== undefined) conditions.push(unequal === null ? found({ key, exists: true }) : negate(found({ key, eq: unequal })));
  if (among) conditions.push(found({ key, in: among }));
  if (isGiven(contains)) conditions.push(found({ key, contains }));
  if (isGiven(exists)) conditions.push(exists ? found({ key, exists }) : negate(found({ key, exists: true })));
  if (Object.values(bounds).some(isGiven)) conditions.push(found({ key, ...bounds }));
  return conditions;
}

/** Rows of run_param that pass one test. Numbers and other values have an index each, hence alternatives. */
export function configRows({ key, eq: equal, ne: _, in: among, contains, exists, ...bounds }: ConfigTests, scope: RunScope): Rows | null {
  const keys = scope.keys('PARAM', key);
  const values = equal === undefined ? among : [equal];
  if (keys.length === 0 || values?.length === 0) return null;
  const ofKey = isOneOf(sql`found.key_id`, keys);
  const isText = sql`found.number is null`;
  const alternatives: SQL[] = [];
  if (values) {
    const numbers = values.filter((value) => typeof value === 'number');
    const texts = values.filter((value) => typeof value !== 'number').map((value) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, longestText));
    if (numbers.length > 0) alternatives.push(sql`${ofKey} and ${numbers.length === 1 ? sql`found.number = ${numbers[0]}::float8` : sql`found.number = any(${sql.param(numbers)}::float8[])`}`);
    if (texts.length > 0) alternatives.push(sql`${ofKey} and ${isText} and ${isOneOf(sql`found.text`, texts)}`);
  } else if (isGiven(contains)) alternatives.push(sql`${ofKey} and ${isText} and found.text ilike ${pattern(contains)}`);
  else if (exists) alternatives.push(sql`${ofKey} and found.number is not null`, sql`${ofKey} and ${isText}`);
  else alternatives.push(and(ofKey, ...numberTests(sql`found.number`, bounds))!);
  return { from: sql`run_param as found`, alternatives };
}

/** What insertParams keeps of a text. */
const longestText = 256;

/** offset 0 keeps Postgres from making a join of it, which would end the early stop. */
function lookUp(rows: Rows | null, plan: Plan): SQL {
  if (!rows) return never;
  if (plan === 'SET') return sql`${run.id} in (${idsOf(rows)})`;
  return sql`exists (select from ${rows.from} where found.run_id = ${run.id} and (${sql.join(rows.alternatives, sql` or `)}) offset 0)`;
}

export const idsOf = ({ from, alternatives }: Rows): SQL => sql.join(alternatives.map((each) => sql`select found.run_id from ${from} where ${each}`), sql` union all `);

export function numberTests(value: SQL, { gt, gte, lt, lte, eq: equal, ne: unequal, exists }: NumberTests): (SQL | undefined)[] {
  return [
    isGiven(gt) ? sql`${value} > ${gt}::float8` : undefined,
    isGiven(gte) ? sql`${value} >= ${gte}::float8` : undefined,
    isGiven(lt) ? sql`${value} < ${lt}::float8` : undefined,
    isGiven(lte) ? sql`${value} <= ${lte}::float8` : undefined,
    isGiven(equal) ? sql`${value} = ${equal}::float8` : undefined,
    isGiven(unequal) ? sql`${value} is distinct from ${unequal}::float8` : undefined,
    isGiven(exists) ? (exists ? sql`${value} is not null` : sql`${value} is null`) : undefined,
  ];
}

export function textTests(value: SQL, { eq: equal, ne: unequal, in: among, contains, exists }: TextTests): (SQL | undefined)[] {
  return [
    isGiven(equal) ? sql`${value} = ${equal}` : undefined,
    isGiven(unequal) ? sql`${value} is distinct from ${unequal}` : undefined,
    among ? sql`${value} = any(${sql.param([...among])}::text[])` : undefined,
    isGiven(contains) ? sql`${value} ilike ${pattern(contains)}` : undefined,
    isGiven(exists) ? (exists ? sql`${value} is not null` : sql`${value} is null`) : undefined,
  ];
}

export function dateTests(value: SQL, { after, before, exists }: DateTests): (SQL | undefined)[] {
  return [
    isGiven(after) ? sql`${value} >= ${instant(after)}::timestamptz` : undefined,
    isGiven(before) ? sql`${value} < ${instant(before)}::timestamptz` : undefined,
    isGiven(exists) ? (exists ? sql`${value} is not null` : sql`${value} is null`) : undefined,
  ];
}

/** Postgres knows no year 0. */
const earliest = Date.parse('0001-01-01T00:00:00Z');
const instant = (at: Date | string): string => new Date(Math.max(new Date(at).getTime(), earliest)).toISOString();

const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
