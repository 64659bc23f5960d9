import { and, count, eq, sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { key, metricSeries, project, run, type RunRow } from '../../schema';
import { matches, type MetricStat, type RunFilter, statColumn } from './run-filter';

export interface RunOrder {
  field: 'CREATED_AT' | 'NAME' | 'STATUS' | 'METRIC';
  /** Of the metric, for METRIC. */
  key: string;
  stat: MetricStat;
  direction: 'ASC' | 'DESC';
}

/** Where a row stands in an order: its value as Postgres prints it, and its id among equals. */
export interface RunPosition {
  value: string | null;
  id: string;
}

export interface RunList {
  project?: string | null;
  filter: RunFilter;
}

/** Runs without the metric come last in either direction. Up to first + 1 rows, each with its position. */
export async function listRuns(db: Executor, list: RunList, order: RunOrder, first: number, after?: RunPosition): Promise<{ run: RunRow; position: RunPosition }[]> {
  const { value, type } = orderBy(order);
  const descending = order.direction === 'DESC';
  const direction = descending ? sql`desc` : sql`asc`;
  const query = db.select({ run, value: sql<string | null>`(${value})::text` }).from(run).$dynamic();
  if (order.field === 'METRIC') query.leftJoin(metricSeries, and(eq(metricSeries.runId, run.id), sql`${metricSeries.keyId} = (select ${key.id} from ${key} where ${key.projectId} = ${run.projectId} and ${key.kind} = 'METRIC' and ${key.name} = ${order.key})`));
  const rows = await query
    .where(and(inList(list), after && comesAfter(after, value, type, descending)))
    .orderBy(sql`${value} ${direction} nulls last`, sql`${run.id} ${direction}`)
    .limit(first + 1);
  return rows.map(({ run: row, value: at }) => ({ run: row, position: { value: at, id: row.id } }));
}

export async function countRuns(db: Executor, list: RunList): Promise<number> {
  const [row] = await db.select({ total: count() }).from(run).where(inList(list));
  return row!.total;
}

function inList({ project: name, filter }: RunList): SQL | undefined {
  return and(name ? sql`${run.projectId} = (select ${project.id} from ${project} where ${project.name} = ${name})` : undefined, matches(filter));
}

function orderBy({ field, stat }: RunOrder): { value: SQL; type: SQL } {
  switch (field) {
    case 'NAME':
      return { value: sql`${run.name}`, type: sql`text` };
    case 'STATUS':
      return { value: sql`${run.status}`, type: sql`run_status` };
    case 'METRIC':
      return { value: sql`nullif(${statColumn(metricSeries, stat)}, 'NaN')`, type: sql`float8` };
    case 'CREATED_AT':
      return { value: sql`${run.createdAt}`, type: sql`timestamptz` };
  }
}

function comesAfter(after: RunPosition, value: SQL, type: SQL, descending: boolean): SQL {
  const beyond = descending ? sql`<` : sql`>`;
  const laterId = sql`${run.id} ${beyond} ${after.id}::uuid`;
  if (after.value === null) return sql`(${value} is null and ${laterId})`;
  const at = sql`${after.value}::${type}`;
  return sql`(${value} ${beyond} ${at} or (${value} = ${at} and ${laterId}) or ${value} is null)`;
}
