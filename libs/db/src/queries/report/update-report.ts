import { and, desc, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../connect';
import { isId } from '../../id';
import { report, type ReportRow, reportVersion } from '../../schema';

/** Of a report; older ones go. */
export const mostVersions = 50;
/** An editor saves every second or so: of each stretch of typing the text before it is kept. */
const stretchMinutes = 5;

export interface ReportChanges {
  title?: string;
  body?: string;
  /** The text before goes into the history, however new the last one in there is. */
  keep: boolean;
}

export type UpdatedReport = { ok: true; report: ReportRow } | { ok: false; reason: 'REPORT_UNKNOWN' } | { ok: false; reason: 'CONFLICT'; current: ReportRow };

/** Refused when the report is no longer the version that was changed, unless it says the same already: an answer may have been lost. */
export async function updateReport(db: Database, id: string, expectedVersion: number, { keep, ...changes }: ReportChanges): Promise<UpdatedReport> {
  if (!isId(id)) return { ok: false, reason: 'REPORT_UNKNOWN' };
  return db.transaction(async (tx): Promise<UpdatedReport> => {
    const [before] = await tx.select().from(report).where(and(eq(report.id, id), isNull(report.deletedAt))).for('update');
    if (!before) return { ok: false, reason: 'REPORT_UNKNOWN' };
    const { title = before.title, body = before.body } = changes;
    if (title === before.title && body === before.body) return { ok: true, report: before };
    if (before.version !== expectedVersion) return { ok: false, reason: 'CONFLICT', current: before };
    await keepText(tx, before, keep);
    const [after] = await tx.update(report).set({ title, body, version: before.version + 1, updatedAt: sql`now()` }).where(eq(report.id, id)).returning();
    return { ok: true, report: after! };
  });
}

async function keepText(tx: Executor, { id, version, title, body, updatedAt }: ReportRow, always: boolean): Promise<void> {
  const fresh = gt(reportVersion.replacedAt, sql`now() - ${sql.raw(String(stretchMinutes))} * interval '1 minute'`);
  const [recent] = always ? [] : await tx.select({ version: reportVersion.version }).from(reportVersion).where(and(eq(reportVersion.reportId, id), fresh)).limit(1);
  if (recent) return;
  await tx.insert(reportVersion).values({ reportId: id, version, title, body, savedAt: updatedAt });
  const [oldest] = await tx.select({ version: reportVersion.version }).from(reportVersion).where(eq(reportVersion.reportId, id)).orderBy(desc(reportVersion.version)).offset(mostVersions).limit(1);
  if (oldest) await tx.delete(reportVersion).where(and(eq(reportVersion.reportId, id), lte(reportVersion.version, oldest.version)));
}
