import { inArray, sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { run, type RunRow } from '../../schema';
import { narrowOrder } from './narrow-order';
import { findFewCandidates } from './run-candidates';
import { always, isOneOf, matches, mentionsDeleted, never, type Plan, type RunFilter } from './run-filter';
import { type OrderKey, type OrderPlan, planOrder, type RunOrder, type Segment } from './run-order';
import { findRunScope, keysIn, type RunScope } from './run-scope';

/** Where a row stands in an order: its values as Postgres prints them, and its id among equals. */
export interface RunPosition {
  values: (string | null)[];
  id: string;
}

export interface RunList {
  project?: string | null;
  filter: RunFilter;
}

/** A walk that has tested so many rows without filling its page gives up: gathering all that match is then sooner. */
const longestWalk = 2000;

/**
 * Up to first + 1 rows, each with its position; runs without a value come last in either direction. Three ways lead
 * there: few candidates are sorted; else an index is walked in the order until the page is full; else, when matches
 * are many by each condition but few by all, everything is gone through once.
 */
export async function listRuns(db: Executor, list: RunList, order: RunOrder, first: number, { after, offset = 0 }: PageStart = {}): Promise<{ run: RunRow; position: RunPosition }[]> {
  const scope = await findListScope(db, list, order);
  if (scope.projects.length === 0) return [];
  const isFarIn = offset > longestWalk / 2;
  const page: Page = { scope, filter: list.filter, plan: narrowOrder(planOrder(order, scope), order, list.filter), descending: order.direction === 'DESC', limit: first + 1 + (isFarIn ? 0 : offset), offset: isFarIn ? offset : 0, after };
  const found = await findPage(db, page);
  return withRows(db, isFarIn ? found : found.slice(offset));
}

export interface PageStart {
  /** The row before the page. */
  after?: RunPosition;
  /** Rows to leave out, counted from `after` or from the beginning. */
  offset?: number;
}

export const findListScope = (db: Executor, { project, filter }: RunList, order?: RunOrder): Promise<RunScope> =>
  findRunScope(db, project, [...keysIn(filter), ...(order?.field === 'METRIC' ? [{ kind: 'METRIC' as const, name: order.key }] : order?.field === 'CONFIG' ? [{ kind: 'PARAM' as const, name: order.key }] : [])]);

interface Page {
  scope: RunScope;
  filter: RunFilter;
  plan: OrderPlan;
  descending: boolean;
  limit: number;
  /** Left out by Postgres, after sorting: for pages so far in that a walk there would be longer than a sort. */
  offset: number;
  after?: RunPosition;
}

async function findPage(db: Executor, page: Page): Promise<RunPosition[]> {
  const candidates = await findFewCandidates(db, page.filter, page.scope);
  if (candidates) return sortAll(db, page, 'ROW', sql`${run.id} = any(array(${candidates}))`);
  const { segments } = page.plan;
  if (!segments || page.offset > 0 || mentionsDeleted(page.filter)) return sortAll(db, page, 'SET');

  const found: RunPosition[] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment.parts.length === 0 || (page.after && isBehind(segment, page.after))) continue;
    const after = page.after && isIn(segment, page.after) ? page.after : undefined;
    const rest = { ...page, limit: page.limit - found.length };
    found.push(...(await walk(db, rest, segment, after)));
    if (found.length >= page.limit) return found;
    if (!(await isWalkedThrough(db, page, segment, after))) return sortAll(db, page, 'SET');
    if (index === segments.length - 1) return found;
  }
  return found;
}

/** A segment's rows have exactly the values a position has when it is in it; those before it have more of them. */
const shapeOf = (values: readonly unknown[]) => values.findIndex((value) => value !== null) + 1 || values.length + 1;
const isIn = (segment: Segment, { values }: RunPosition) => shapeOf(segment.values) === shapeOf(values);
const isBehind = (segment: Segment, { values }: RunPosition) => shapeOf(segment.values) < shapeOf(values);

/** Rows of one segment in order, tested one by one; the inner limit holds Postgres to the index and bounds the walk. */
async function walk(db: Executor, page: Page, segment: Segment, after?: RunPosition): Promise<RunPosition[]> {
  const condition = sql`${segment.only ?? always} and ${matches(page.filter, page.scope, 'ROW')}`;
  const names = segment.values.map((_, n) => sql.identifier(`v${n}`));
  const sorting = sql.join([...names.filter((_, n) => segment.values[n] !== null).map((name) => sql`run.${name}`), sql`${run.id}`].map((each) => sql`${each} ${directionOf(page)}`), sql`, `);
  const values = sql.join(segment.values.map((value, n) => sql`${value ? sql`${value}` : sql`null::text`} as ${names[n]}`), sql`, `);
  return positions(db, page, sql`/* listRuns walk */
    select id, ${sql.join(names.map((name) => sql`${name}::text`), sql`, `)} from (${segmentRows(page, segment, sql`run.*, ${values}`, after, sorting)}) as run
    where ${condition} order by ${sorting} limit ${page.limit}`);
}

/** Whether the last walk saw all of the segment, rather than giving up. */
async function isWalkedThrough(db: Executor, page: Page, segment: Segment, after?: RunPosition): Promise<boolean> {
  const { rows } = await db.execute<{ count: number }>(sql`/* listRuns end */ select count(*)::int as count from (${sql.join(
    segment.parts.map(({ from, where, entries }) => sql`(select from ${entries ?? from} where ${where} and ${entries ? always : sql`${run.deletedAt} is null`} and ${beyond(page, segment, after)} limit ${longestWalk + 1})`),
    sql` union all `,
  )}) as entries`);
  return rows[0]!.count <= longestWalk;
}

function segmentRows(page: Page, segment: Segment, select: SQL, after: RunPosition | undefined, sorting: SQL): SQL {
  const ordering = sql.join(segment.columns.map((column) => sql`${column} ${directionOf(page)}`), sql`, `);
  const selects = segment.parts.map(({ from, where }) => sql`(select ${select} from ${from} where ${where} and ${run.deletedAt} is null and ${beyond(page, segment, after)} order by ${ordering} limit ${longestWalk})`);
  return selects.length === 1 ? selects[0]! : sql`select * from (${sql.join(selects, sql` union all `)}) as run order by ${sorting} limit ${longestWalk}`;
}

/** Rows of a segment that come after a position in it. Where the segment's value is null, they are ordered by id alone. */
function beyond({ descending }: Page, { columns }: Segment, after: RunPosition | undefined): SQL {
  if (!after) return always;
  const values = [...after.values.filter((value) => value !== null), after.id];
  return sql`(${sql.join(columns.slice(columns.length - values.length), sql`, `)}) ${descending ? sql`<` : sql`>`} (${sql.join(values.map((value) => sql`${value}`), sql`, `)})`;
}

/** Every run that matches, or those of `among`, sorted by Postgres. */
function sortAll(db: Executor, page: Page, plan: Plan, among?: SQL): Promise<RunPosition[]> {
  const { scope, filter, plan: { keys, joins, lookUps } } = page;
  const direction = directionOf(page);
  const condition = sql`${inSight(scope, filter)} and ${among ?? always} and ${matches(filter, scope, plan)}`;
  const sorting = sql`${sql.join(keys.map((_, n) => sql`${sql.identifier(`v${n}`)} ${direction} nulls last`), sql`, `)}, id ${direction} limit ${page.limit} offset ${page.offset}`;
  const select = (from: SQL, where: SQL) => sql`select ${run.id}, ${sql.join(keys.map(({ value }, n) => sql`${value} as ${sql.identifier(`v${n}`)}`), sql`, `)} from ${from} where ${where} and ${comesAfter(page)}`;
  const sorted = !lookUps || among
    ? sql`${select(sql`run ${joins}`, condition)} order by ${sorting}`
    : // Only after counting it is known which way is sooner; the other branch is planned and never begun.
      sql`with matched as materialized (select ${run.id} from run where ${condition}), size as (select count(*) as size from matched)
        ${select(sql`matched as run ${lookUps}`, sql`(select size from size) <= ${mostLookUps}`)} union all
        ${select(sql`matched as run ${joins}`, sql`(select size from size) > ${mostLookUps}`)} order by ${sorting}`;
  return positions(db, page, sql`/* listRuns sort */ select id, ${sql.join(keys.map((_, n) => sql`${sql.identifier(`v${n}`)}::text`), sql`, `)} from (${sorted}) as sorted`);
}

/** For more values than these, reading the whole index is sooner. */
const mostLookUps = 8000;

export const inSight = ({ projects }: RunScope, filter: RunFilter): SQL =>
  projects.length === 0 ? never : sql`${isOneOf(sql`${run.projectId}`, projects)} and ${mentionsDeleted(filter) ? always : sql`${run.deletedAt} is null`}`;

const directionOf = ({ descending }: Page): SQL => (descending ? sql`desc` : sql`asc`);

function comesAfter({ plan, after, descending }: Page): SQL {
  if (!after) return always;
  const beyond = descending ? sql`<` : sql`>`;
  const compare = ([key, ...keys]: OrderKey[], [value, ...values]: (string | null)[]): SQL => {
    if (!key) return sql`${run.id} ${beyond} ${after.id}::uuid`;
    const rest = compare(keys, values);
    if (value === null || value === undefined) return sql`(${key.value} is null and ${rest})`;
    const at = sql`${value}::${sql.raw(key.type)}`;
    return sql`(${key.value} ${beyond} ${at} or ${key.value} is null or (${key.value} = ${at} and ${rest}))`;
  };
  return compare(plan.keys, after.values);
}

async function positions(db: Executor, { plan }: Page, query: SQL): Promise<RunPosition[]> {
  const { rows } = await db.execute<{ id: string } & Record<string, string | null>>(query);
  return rows.map((row) => ({ id: row.id, values: plan.keys.map((_, n) => row[`v${n}`] ?? null) }));
}

async function withRows(db: Executor, page: RunPosition[]): Promise<{ run: RunRow; position: RunPosition }[]> {
  if (page.length === 0) return [];
  const rows = await db.select().from(run).where(inArray(run.id, page.map(({ id }) => id)));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return page.flatMap((position) => (byId.has(position.id) ? [{ run: byId.get(position.id)!, position }] : []));
}
