import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** The log of what was sent is kept so long. */
export const keptDays = 30;

const isOld: SQL = sql`status <> 'PENDING' and ended_at < now() - ${sql.raw(String(keptDays))} * interval '1 day'`;

export async function countOldDeliveries(db: Executor): Promise<number> {
  const { rows } = await db.execute<{ total: string }>(sql`/* countOldDeliveries */ select count(*) as total from alert_delivery where ${isOld}`);
  return Number(rows[0]!.total);
}

/** Old log entries; what rules followed of runs that have ended; rules and webhooks that were deleted before. Answers the number of log entries. */
export async function removeOldAlerts(db: Executor, before: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`/* removeOldAlerts */ delete from alert_delivery where ${isOld}`);
  await db.execute(sql`/* removeOldAlerts */ delete from alert_watch watch using run where run.id = watch.run_id and run.status in ('FINISHED', 'FAILED', 'CANCELLED') and not exists (select from alert_check where alert_check.run_id = run.id)`);
  await db.execute(sql`/* removeOldAlerts */ delete from alert_rule where deleted_at <= ${before.toISOString()}`);
  await db.execute(sql`/* removeOldAlerts */ delete from webhook where deleted_at <= ${before.toISOString()}`);
  return rowCount ?? 0;
}
