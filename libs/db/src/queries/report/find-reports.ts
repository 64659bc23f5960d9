import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { project, report, type ReportRow, reportVersion, type ReportVersionRow } from '../../schema';

/** Deleted ones, too. */
export async function findReports(db: Executor, ids: readonly string[]): Promise<Map<string, ReportRow>> {
  const rows = await db.select().from(report).where(inArray(report.id, ids.filter(isId)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** null: there is no such link, or the report or its project is deleted. */
export async function findSharedReport(db: Executor, token: string): Promise<ReportRow | null> {
  const [row] = await db
    .select({ report })
    .from(report)
    .innerJoin(project, eq(project.id, report.projectId))
    .where(and(eq(report.shareToken, token), isNull(report.deletedAt), isNull(project.deletedAt)));
  return row?.report ?? null;
}

/** Newest first, without their texts. */
export type KeptVersion = Omit<ReportVersionRow, 'body'>;

export async function findKeptVersions(db: Executor, reportIds: readonly string[]): Promise<Map<string, KeptVersion[]>> {
  const { reportId, version, title, savedAt, replacedAt } = reportVersion;
  const rows = await db.select({ reportId, version, title, savedAt, replacedAt }).from(reportVersion).where(inArray(reportId, [...reportIds])).orderBy(desc(version));
  return new Map(reportIds.map((id) => [id, rows.filter((row) => row.reportId === id)]));
}

export async function findKeptVersion(db: Executor, id: string, number: number): Promise<ReportVersionRow | null> {
  if (!isId(id)) return null;
  const [row] = await db.select().from(reportVersion).where(and(eq(reportVersion.reportId, id), eq(reportVersion.version, number)));
  return row ?? null;
}
