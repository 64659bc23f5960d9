import { and, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { run, type RunRow, type RunStatus } from '../../schema';

/** Newest first, up to first + 1; after: when the run before was made, and its id. */
export function listRunsOfVersion(db: Executor, versionId: string, { first, after }: { first: number; after?: { createdAt: Date; id: string } }): Promise<RunRow[]> {
  return db
    .select()
    .from(run)
    .where(and(used(versionId), after && sql`(${run.createdAt}, ${run.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`))
    .orderBy(desc(run.createdAt), desc(run.id))
    .limit(first + 1);
}

/** By status. */
export function countRunsOfVersion(db: Executor, versionId: string): Promise<{ status: RunStatus; count: number }[]> {
  return db.select({ status: run.status, count: count() }).from(run).where(used(versionId)).groupBy(run.status).orderBy(run.status);
}

/** Of each version; one that no run used is missing from the map. */
export async function countRunsOfVersions(db: Executor, versionIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.select({ id: run.datasetVersionId, total: count() }).from(run).where(and(inArray(run.datasetVersionId, [...versionIds]), isNull(run.deletedAt))).groupBy(run.datasetVersionId);
  return new Map(rows.map(({ id, total }) => [id!, total]));
}

const used = (versionId: string) => and(eq(run.datasetVersionId, versionId), isNull(run.deletedAt));
