import { asc, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { artifact, type ArtifactRow } from '../../schema';

/** By run, by name. */
export async function findArtifactsOfRuns(db: Executor, runIds: readonly string[]): Promise<Map<string, ArtifactRow[]>> {
  const rows = await db.select().from(artifact).where(inArray(artifact.runId, [...runIds])).orderBy(asc(artifact.name));
  const artifacts = new Map<string, ArtifactRow[]>(runIds.map((id) => [id, []]));
  for (const row of rows) artifacts.get(row.runId)?.push(row);
  return artifacts;
}
