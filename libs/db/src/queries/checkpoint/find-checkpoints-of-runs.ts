import { desc, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { checkpoint, type CheckpointRow } from '../../schema';

/** Newest first. */
export async function findCheckpointsOfRuns(db: Executor, runIds: readonly string[]): Promise<Map<string, CheckpointRow[]>> {
  const rows = await db.select().from(checkpoint).where(inArray(checkpoint.runId, [...runIds])).orderBy(desc(checkpoint.latest), desc(checkpoint.createdAt), desc(checkpoint.id));
  const checkpoints = new Map<string, CheckpointRow[]>(runIds.map((id) => [id, []]));
  for (const row of rows) checkpoints.get(row.runId)!.push(row);
  return checkpoints;
}
