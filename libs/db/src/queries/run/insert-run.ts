import { and, eq, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../connect';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';
import { insertParams } from './insert-params';

export type NewRun = Pick<RunRow, 'projectId' | 'config' | 'datasetVersionId' | 'backboneId' | 'tags' | 'notes' | 'priority' | 'requiredLabels' | 'requiredMemory' | 'requiredTrainer' | 'gitCommit' | 'parentRunId'> & {
  name: string | null;
  /** A run without a name gets this with the next free number: "head-4". */
  prefix: string;
};

export const insertRun = (db: Database, values: NewRun): Promise<RunRow> => db.transaction((tx) => insertOne(tx, values));

/** All of them, or none: null when one of the ids is taken. */
export async function insertRuns(db: Database, runs: readonly (NewRun & Pick<RunRow, 'id' | 'contentDigest'>)[]): Promise<RunRow[] | null> {
  try {
    return await db.transaction(async (tx) => {
      const rows: RunRow[] = [];
      for (const values of runs) rows.push(await insertOne(tx, values));
      return rows;
    });
  } catch (error) {
    if (isTaken(error)) return null;
    throw error;
  }
}

async function insertOne(tx: Executor, { name, prefix, ...values }: NewRun & Partial<Pick<RunRow, 'id' | 'contentDigest'>>): Promise<RunRow> {
  const [row] = await tx
    .insert(run)
    .values({ ...values, name: name ?? `${prefix}-${await nextNumber(tx, values.projectId, prefix)}` })
    .returning();
  await insertParams(tx, row!);
  await notify(tx, 'runQueued', row!.id);
  await notify(tx, 'runChanged', row!.id);
  return row!;
}

/** drizzle wraps what Postgres said. */
function isTaken(error: unknown): boolean {
  const { code, constraint, cause } = (error ?? {}) as { code?: string; constraint?: string; cause?: unknown };
  return (code === '23505' && constraint === 'run_pkey') || (cause !== undefined && isTaken(cause));
}

/** Two launches at the same moment may get the same number; names need not be unique. */
async function nextNumber(tx: Executor, projectId: string, prefix: string): Promise<number> {
  const number = sql`substring(${run.name} from ${prefix.length + 2}::int)`;
  const [row] = await tx
    .select({ highest: sql<number>`coalesce(max(case when ${number} ~ '^[0-9]{1,8}$' then ${number}::int end), 0)`.mapWith(Number) })
    .from(run)
    .where(and(eq(run.projectId, projectId), sql`starts_with(${run.name}, ${`${prefix}-`})`));
  return row!.highest + 1;
}
