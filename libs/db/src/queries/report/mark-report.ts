import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { report, type ReportRow } from '../../schema';

/** Out of sight, or back; null: there is no such report. */
export async function markReportDeleted(db: Database, id: string, deleted: boolean): Promise<ReportRow | null> {
  if (!isId(id)) return null;
  const [row] = await db.update(report).set({ deletedAt: deleted ? sql`coalesce(${report.deletedAt}, now())` : null }).where(eq(report.id, id)).returning();
  return row ?? null;
}

/** Shares it under the token, unless it is shared already and keeps its link; null takes the link away. */
export async function setShareToken(db: Database, id: string, token: string | null, renew: boolean): Promise<ReportRow | null> {
  if (!isId(id)) return null;
  const shareToken = token === null || renew ? token : sql`coalesce(${report.shareToken}, ${token})`;
  const [row] = await db.update(report).set({ shareToken }).where(and(eq(report.id, id), isNull(report.deletedAt))).returning();
  return row ?? null;
}
