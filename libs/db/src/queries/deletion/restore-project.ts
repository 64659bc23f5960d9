import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { dataset, project, type ProjectRow, run } from '../../schema';
import { notify } from '../notify';
import { onceMore } from './once-more';
import { isEmptied } from './restore-dataset';

export type RestoredProject = { ok: true; project: ProjectRow } | { ok: false; reason: 'PROJECT_UNKNOWN' } | { ok: false; reason: 'NAME_TAKEN' | 'PROJECT_REMOVED'; project: ProjectRow };

/** With the runs and datasets that were deleted with it. name: the one it comes back under; its own by default. */
export async function restoreProject(db: Database, id: string, name?: string | null): Promise<RestoredProject> {
  if (!isId(id)) return { ok: false, reason: 'PROJECT_UNKNOWN' };
  return onceMore(() => db.transaction(async (tx): Promise<RestoredProject> => {
    const [found] = await tx.select().from(project).where(eq(project.id, id)).for('update');
    if (!found) return { ok: false, reason: 'PROJECT_UNKNOWN' };
    const { deletedAt } = found;
    if (!deletedAt) return { ok: true, project: found };
    const withIt = and(eq(dataset.projectId, id), eq(dataset.deletedAt, deletedAt));
    const emptied = await tx.select({ id: dataset.id }).from(dataset).where(and(withIt, isEmptied)).limit(1);
    if (emptied.length > 0) return { ok: false, reason: 'PROJECT_REMOVED', project: found };
    const wanted = name ?? found.name;
    const [taken] = await tx.select({ id: project.id }).from(project).where(and(eq(project.name, wanted), isNull(project.deletedAt)));
    if (taken) return { ok: false, reason: 'NAME_TAKEN', project: found };
    const [restored] = await tx.update(project).set({ deletedAt: null, name: wanted }).where(eq(project.id, id)).returning();
    await tx.update(dataset).set({ deletedAt: null }).where(withIt);
    const shown = await tx.update(run).set({ deletedAt: null }).where(and(eq(run.projectId, id), eq(run.deletedAt, deletedAt))).returning({ id: run.id, status: run.status });
    await notify(tx, 'runChanged', shown.slice(0, 1000).map((row) => row.id));
    await notify(tx, 'runQueued', shown.filter(({ status }) => status === 'QUEUED').slice(0, 1000).map((row) => row.id));
    return { ok: true, project: restored! };
  }));
}
