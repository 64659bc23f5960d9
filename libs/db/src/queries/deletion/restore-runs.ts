import { inArray } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { project, type ProjectRow, run, type RunRow } from '../../schema';
import { notify } from '../notify';

export type RestoredRuns = { ok: true; runs: RunRow[] } | { ok: false; unknown: string[]; inDeletedProject: { run: RunRow; project: ProjectRow }[] };

/** All of them or none. One that is not deleted stays as it is. */
export function restoreRuns(db: Database, ids: readonly string[]): Promise<RestoredRuns> {
  return db.transaction(async (tx): Promise<RestoredRuns> => {
    const found = await tx.select().from(run).where(inArray(run.id, ids.filter(isId))).orderBy(run.id).for('no key update');
    // Held, so that the project cannot be deleted in between.
    const projects = await tx.select().from(project).where(inArray(project.id, found.map(({ projectId }) => projectId))).orderBy(project.id).for('share');
    const known = new Set(found.map(({ id }) => id));
    const unknown = ids.filter((id) => !known.has(id.toLowerCase()));
    const deletedProjects = new Map(projects.filter(({ deletedAt }) => deletedAt).map((row) => [row.id, row]));
    const inDeletedProject = found.flatMap((row) => (deletedProjects.has(row.projectId) ? [{ run: row, project: deletedProjects.get(row.projectId)! }] : []));
    if (unknown.length > 0 || inDeletedProject.length > 0) return { ok: false, unknown, inDeletedProject };
    const restored = await tx.update(run).set({ deletedAt: null }).where(inArray(run.id, [...known])).returning();
    await notify(tx, 'runChanged', [...known]);
    await notify(tx, 'runQueued', restored.filter(({ status }) => status === 'QUEUED').map(({ id }) => id));
    return { ok: true, runs: restored };
  });
}
