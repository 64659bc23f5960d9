import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { project, savedView, type SavedViewRow, type ViewPage } from '../../schema';

/** By name. */
export async function listViews(db: Executor, projectName: string, page: ViewPage): Promise<SavedViewRow[]> {
  const rows = await db
    .select({ view: savedView })
    .from(savedView)
    .innerJoin(project, eq(project.id, savedView.projectId))
    .where(and(eq(project.name, projectName), isNull(project.deletedAt), eq(savedView.page, page), isNull(savedView.deletedAt)))
    .orderBy(asc(savedView.name));
  return rows.map(({ view }) => view);
}
