import { and, eq, getTableColumns, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { artifact, type ArtifactRow, run } from '../../schema';

/** null when there is none, or its run is deleted. */
export async function findArtifact(db: Executor, id: string): Promise<ArtifactRow | null> {
  if (!isId(id)) return null;
  const [row] = await db.select(getTableColumns(artifact)).from(artifact).innerJoin(run, and(eq(run.id, artifact.runId), isNull(run.deletedAt))).where(eq(artifact.id, id));
  return row ?? null;
}
