import { and, count, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { run, type RunRow } from '../../schema';

/** Newest first, up to first + 1; after: when the run before was made, and its id. */
export function listRunsOfVersion(db: Executor, versionId: string, { first, after }: { first: number; after?: { createdAt: Date; id: string } }): Promise<RunRow[]> {
  return db
    .select()
    .from(run)
    .where(and(used(versionId), after && sql`(${run.createdAt}, ${run.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`))
    .orderBy(desc(run.createdAt), desc(run.id))
    .limit(first + 1);
}

export async function countRunsOfVersion(db: Executor, versionId: string): Promise<number> {
  const [row] = await db.select({ total: count() }).from(run).where(used(versionId));
  return row!.total;
}

const used = (versionId: string) => and(eq(run.datasetVersionId, versionId), isNull(run.deletedAt));
