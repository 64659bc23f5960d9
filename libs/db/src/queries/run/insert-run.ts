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

export function insertRun(db: Database, { name, prefix, ...values }: NewRun): Promise<RunRow> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(run)
      .values({ ...values, name: name ?? `${prefix}-${await nextNumber(tx, values.projectId, prefix)}` })
      .returning();
    await insertParams(tx, row!);
    await notify(tx, 'runQueued', row!.id);
    await notify(tx, 'runChanged', row!.id);
    return row!;
  });
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
