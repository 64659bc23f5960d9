import { inArray, sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { run, type RunRow } from '../../schema';
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
const longestWalk = 3000;

/**
 * Up to first + 1 rows, each with its position; runs without a value come last in either direction. Three ways lead
 * there: few candidates are sorted; else an index is walked in the order until the page is full; else, when matches
 * are many by each condition but few by all, everything is gone through once.
 */
export async function listRuns(db: Executor, list: RunList, order: RunOrder, first: number, after?: RunPosition): Promise<{ run: RunRow; position: RunPosition }[]> {
  const scope = await findListScope(db, list, order);
  if (scope.projects.length === 0) return [];
  const page: Page = { scope, filter: list.filter, plan: planOrder(order, scope), descending: order.direction === 'DESC', limit: first + 1, after };
  return withRows(db, await findPage(db, page));
}

export const findListScope = (db: Executor, { project, filter }: RunList, order?: RunOrder): Promise<RunScope> =>
  findRunScope(db, project, [...keysIn(filter), ...(order?.field === 'METRIC' ? [{ kind: 'METRIC' as const, name: order.key }] : order?.field === 'CONFIG' ? [{ kind: 'PARAM' as const, name: order.key }] : [])]);

interface Page {
  scope: RunScope;
  filter: RunFilter;
  plan: OrderPlan;
  descending: boolean;
  limit: number;
  after?: RunPosition;
}

async function findPage(db: Executor, page: Page): Promise<RunPosition[]> {
  const candidates = await findFewCandidates(db, page.filter, page.scope);
  if (candidates) return sortAll(db, page, 'ROW', sql`${run.id} = any(array(${candidates}))`);
  const { segments } = page.plan;
  if (!segments || mentionsDeleted(page.filter)) return sortAll(db, page, 'SET');

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
  const { rows } = await db.execute(sql`/* listRuns end */ select from (${segmentRows(page, segment, sql`${run.id}`, after, sql`id`, longestWalk + 1)}) as walked offset ${longestWalk} limit 1`);
  return rows.length === 0;
}

function segmentRows({ descending }: Page, { parts, columns }: Segment, select: SQL, after: RunPosition | undefined, sorting: SQL, limit = longestWalk): SQL {
  const direction = descending ? sql`desc` : sql`asc`;
  const ordering = sql.join(columns.map((column) => sql`${column} ${direction}`), sql`, `);
  const beyond = descending ? sql`<` : sql`>`;
  const values = after && [...after.values.filter((value) => value !== null), after.id];
  // The value of a segment of nulls is no bound: its rows are ordered by id alone.
  const bounded = values && columns.slice(columns.length - values.length);
  const keyset = bounded && values ? sql` and (${sql.join(bounded, sql`, `)}) ${beyond} (${sql.join(values.map((value) => sql`${value}`), sql`, `)})` : sql``;
  const selects = parts.map(({ from, where }) => sql`(select ${select} from ${from} where ${where} and ${run.deletedAt} is null${keyset} order by ${ordering} limit ${limit})`);
  return selects.length === 1 ? selects[0]! : sql`select * from (${sql.join(selects, sql` union all `)}) as run order by ${sorting} limit ${limit}`;
}

/** Every run that matches, or those of `among`, sorted by Postgres. */
function sortAll(db: Executor, page: Page, plan: Plan, among?: SQL): Promise<RunPosition[]> {
  const { scope, filter, after, plan: { keys, joins } } = page;
  const direction = directionOf(page);
  const values = keys.map(({ value }, n) => sql`(${value})::text as ${sql.identifier(`v${n}`)}`);
  return positions(db, page, sql`/* listRuns sort */
    select ${run.id}, ${sql.join(values, sql`, `)} from run ${joins}
    where ${inSight(scope, filter)} and ${among ?? always} and ${matches(filter, scope, plan)} and ${after ? comesAfter(keys, after.values, after.id, page) : always}
    order by ${sql.join(keys.map(({ value }) => sql`${value} ${direction} nulls last`), sql`, `)}, ${run.id} ${direction} limit ${page.limit}`);
}

export const inSight = ({ projects }: RunScope, filter: RunFilter): SQL =>
  projects.length === 0 ? never : sql`${isOneOf(sql`${run.projectId}`, projects)} and ${mentionsDeleted(filter) ? always : sql`${run.deletedAt} is null`}`;

const directionOf = ({ descending }: Page): SQL => (descending ? sql`desc` : sql`asc`);

function comesAfter([key, ...keys]: OrderKey[], [value, ...values]: (string | null)[], id: string, page: Page): SQL {
  const beyond = page.descending ? sql`<` : sql`>`;
  if (!key) return sql`${run.id} ${beyond} ${id}::uuid`;
  const rest = comesAfter(keys, values, id, page);
  if (value === null || value === undefined) return sql`(${key.value} is null and ${rest})`;
  const at = sql`${value}::${sql.raw(key.type)}`;
  return sql`(${key.value} ${beyond} ${at} or ${key.value} is null or (${key.value} = ${at} and ${rest}))`;
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
