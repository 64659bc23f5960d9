import { and, count, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../connect';
import { report, type ReportRow } from '../../schema';

/** Of a project. */
export const mostReports = 1000;

/** null: the project has as many as it may. */
export async function insertReport(db: Database, values: Pick<ReportRow, 'projectId' | 'title' | 'body'>): Promise<ReportRow | null> {
  const [row] = await db.select({ total: count() }).from(report).where(and(eq(report.projectId, values.projectId), isNull(report.deletedAt)));
  if (row!.total >= mostReports) return null;
  const [made] = await db.insert(report).values(values).returning();
  return made!;
}
