import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { runClaim, type RunClaimRow } from '../../schema';

/** What a trainer worked on, newest first, up to `first` after that position. Runs that gc removed are gone from it. */
export function listClaimsOfTrainer(db: Executor, trainerId: string, first: number, after?: { startedAt: Date; runId: string }): Promise<RunClaimRow[]> {
  return db
    .select()
    .from(runClaim)
    .where(and(eq(runClaim.trainerId, trainerId), after ? sql`(${runClaim.startedAt}, ${runClaim.runId}) < (${after.startedAt.toISOString()}::timestamptz, ${after.runId}::uuid)` : undefined))
    .orderBy(desc(runClaim.startedAt), desc(runClaim.runId))
    .limit(first);
}

export async function countClaimsOfTrainer(db: Executor, trainerId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(runClaim).where(eq(runClaim.trainerId, trainerId));
  return row!.count;
}

/** Who worked on each run, the newest claim first. */
export async function findClaimsOfRuns(db: Executor, runIds: readonly string[]): Promise<Map<string, RunClaimRow[]>> {
  const rows = await db.select().from(runClaim).where(inArray(runClaim.runId, [...runIds])).orderBy(desc(runClaim.number));
  const claims = new Map<string, RunClaimRow[]>(runIds.map((id) => [id, []]));
  for (const row of rows) claims.get(row.runId)!.push(row);
  return claims;
}
