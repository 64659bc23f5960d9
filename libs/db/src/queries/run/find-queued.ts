import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { run } from '../../schema';

/** Which of these still wait for a trainer. */
export async function findQueued(db: Executor, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.select({ id: run.id }).from(run).where(and(inArray(run.id, [...ids]), eq(run.status, 'QUEUED'), isNull(run.deletedAt)));
  return new Set(rows.map(({ id }) => id));
}
