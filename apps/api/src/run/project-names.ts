import type { Database, RunRow } from '@thaw/db';
import { findProjects } from '@thaw/db/queries/project/find-projects';

/** Names of runs' projects; they never change, so that each is asked for once. */
export function projectNames(db: Database): (runs: readonly RunRow[]) => Promise<(run: RunRow) => string | undefined> {
  const names = new Map<string, string>();
  return async (runs) => {
    const unknown = [...new Set(runs.map(({ projectId }) => projectId))].filter((id) => !names.has(id));
    if (unknown.length > 0) for (const [id, { name }] of await findProjects(db, unknown)) names.set(id, name);
    return ({ projectId }) => names.get(projectId);
  };
}
