import { inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { run, type RunRow } from '../../schema';

export async function findRuns(db: Executor, ids: readonly string[]): Promise<Map<string, RunRow>> {
  const rows = await db.select().from(run).where(inArray(run.id, ids.filter(isId)));
  return new Map(rows.map((row) => [row.id, row]));
}
