import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { dataset, project, type ProjectRow, run, type RunRow } from '../../schema';
import { notify } from '../notify';
import { activeInProject } from './active-runs';

export type DeletedProject = { ok: true; project: ProjectRow } | { ok: false; reason: 'PROJECT_UNKNOWN' } | { ok: false; reason: 'RUNS_ACTIVE'; runs: RunRow[] };

/** Enough for whoever watches a page; the rest is found by polling. */
const mostNotices = 1000;

/** With its runs and datasets: all of them get the project's own deleted_at, by which restoring it knows them again. */
export async function deleteProject(db: Database, id: string): Promise<DeletedProject> {
  if (!isId(id)) return { ok: false, reason: 'PROJECT_UNKNOWN' };
  return db.transaction(async (tx): Promise<DeletedProject> => {
    const [found] = await tx.select().from(project).where(eq(project.id, id)).for('update');
    if (!found) return { ok: false, reason: 'PROJECT_UNKNOWN' };
    if (found.deletedAt) return { ok: true, project: found };
    const runs = await tx.select().from(run).where(activeInProject(id));
    if (runs.length > 0) return { ok: false, reason: 'RUNS_ACTIVE', runs };
    // Later than every deletion in it, so that what had been deleted on its own stays so.
    const [deleted] = await tx
      .update(project)
      .set({
        deletedAt: sql`greatest(now(),
          (select max(deleted_at) + interval '1 millisecond' from run where project_id = ${id}),
          (select max(deleted_at) + interval '1 millisecond' from dataset where project_id = ${id}))`,
      })
      .where(eq(project.id, id))
      .returning();
    const { deletedAt } = deleted!;
    await tx.update(dataset).set({ deletedAt }).where(and(eq(dataset.projectId, id), isNull(dataset.deletedAt)));
    const hidden = await tx.update(run).set({ deletedAt }).where(and(eq(run.projectId, id), isNull(run.deletedAt))).returning({ id: run.id });
    await notify(tx, 'runChanged', hidden.slice(0, mostNotices).map((row) => row.id));
    return { ok: true, project: deleted! };
  });
}
