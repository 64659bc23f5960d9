import { and, count, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { alert, alertDelivery, type AlertDeliveryRow, type AlertRow, project, webhook } from '../../schema';

export interface DeliveryFilter {
  /** By name. */
  project: string;
  statuses?: readonly AlertDeliveryRow['status'][] | null;
  webhookId?: string | null;
  ruleId?: string | null;
  runId?: string | null;
}

/** Newest first, up to first + 1. */
export function listDeliveries(db: Executor, filter: DeliveryFilter, first: number, after?: string): Promise<AlertDeliveryRow[]> {
  return db
    .select({ delivery: alertDelivery })
    .from(alertDelivery)
    .innerJoin(webhook, eq(webhook.id, alertDelivery.webhookId))
    .innerJoin(project, eq(project.id, webhook.projectId))
    .leftJoin(alert, eq(alert.id, alertDelivery.alertId))
    .where(and(matches(filter), after === undefined ? undefined : lt(alertDelivery.id, after)))
    .orderBy(desc(alertDelivery.id))
    .limit(first + 1)
    .then((rows) => rows.map(({ delivery }) => delivery));
}

export async function countDeliveries(db: Executor, filter: DeliveryFilter): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(alertDelivery)
    .innerJoin(webhook, eq(webhook.id, alertDelivery.webhookId))
    .innerJoin(project, eq(project.id, webhook.projectId))
    .leftJoin(alert, eq(alert.id, alertDelivery.alertId))
    .where(matches(filter));
  return row!.total;
}

function matches({ project: name, statuses, webhookId, ruleId, runId }: DeliveryFilter) {
  const impossible = [webhookId, ruleId, runId].some((id) => id && !isId(id));
  return and(
    eq(project.name, name),
    isNull(project.deletedAt),
    impossible ? inArray(alertDelivery.id, []) : undefined,
    statuses ? inArray(alertDelivery.status, [...statuses]) : undefined,
    webhookId && !impossible ? eq(alertDelivery.webhookId, webhookId) : undefined,
    ruleId && !impossible ? eq(alert.ruleId, ruleId) : undefined,
    runId && !impossible ? eq(alert.runId, runId) : undefined,
  );
}

export async function findDeliveries(db: Executor, ids: readonly string[]): Promise<Map<string, AlertDeliveryRow>> {
  const rows = await db.select().from(alertDelivery).where(inArray(alertDelivery.id, ids.filter(isId)));
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findAlerts(db: Executor, ids: readonly string[]): Promise<Map<string, AlertRow>> {
  const rows = await db.select().from(alert).where(inArray(alert.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findDeliveriesOfAlerts(db: Executor, alertIds: readonly string[]): Promise<Map<string, AlertDeliveryRow[]>> {
  const rows = await db.select().from(alertDelivery).where(inArray(alertDelivery.alertId, [...alertIds])).orderBy(alertDelivery.id);
  return new Map(alertIds.map((id) => [id, rows.filter(({ alertId }) => alertId === id)]));
}

/** The newest 100 of each run. */
export async function findAlertsOfRuns(db: Executor, runIds: readonly string[]): Promise<Map<string, AlertRow[]>> {
  const found = await Promise.all(runIds.map((runId) => db.select().from(alert).where(eq(alert.runId, runId)).orderBy(desc(alert.at), desc(alert.id)).limit(100)));
  return new Map(runIds.map((runId, index) => [runId, found[index]!]));
}
