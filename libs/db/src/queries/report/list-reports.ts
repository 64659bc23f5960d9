import { and, count, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { project, report, type ReportRow } from '../../schema';

/** In a list, the texts are read only where they are asked for. */
export type ListedReport = Omit<ReportRow, 'body'>;

export interface ReportPosition { updatedAt: Date; id: string }

/** Those changed last first, up to first + 1. */
export function listReports(db: Executor, projectName: string, { first, after, deleted }: { first: number; after?: ReportPosition; deleted: boolean }): Promise<ListedReport[]> {
  const { body: _body, ...columns } = getTableColumns(report);
  return db
    .select(columns)
    .from(report)
    .innerJoin(project, eq(project.id, report.projectId))
    .where(and(isListed(projectName, deleted), after && or(lt(report.updatedAt, after.updatedAt), and(eq(report.updatedAt, after.updatedAt), lt(report.id, after.id)))))
    .orderBy(desc(report.updatedAt), desc(report.id))
    .limit(first + 1);
}

export async function countReports(db: Executor, projectName: string, deleted: boolean): Promise<number> {
  const [row] = await db.select({ total: count() }).from(report).innerJoin(project, eq(project.id, report.projectId)).where(isListed(projectName, deleted));
  return row!.total;
}

export async function findReportBodies(db: Executor, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.select({ id: report.id, body: report.body }).from(report).where(inArray(report.id, [...ids]));
  return new Map(rows.map(({ id, body }) => [id, body]));
}

const isListed = (projectName: string, deleted: boolean) => and(eq(project.name, projectName), isNull(project.deletedAt), deleted ? isNotNull(report.deletedAt) : isNull(report.deletedAt));
