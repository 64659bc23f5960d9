import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { alertDelivery, type AlertDeliveryRow, project, webhook, type WebhookRow, webhookSecret } from '../../schema';

export async function findWebhooks(db: Executor, ids: readonly string[]): Promise<Map<string, WebhookRow>> {
  const rows = await db.select().from(webhook).where(inArray(webhook.id, ids.filter(isId)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** By age; those that are not deleted, or those that are. */
export function listWebhooks(db: Executor, projectName: string, deleted: boolean): Promise<WebhookRow[]> {
  return db
    .select({ webhook })
    .from(webhook)
    .innerJoin(project, eq(project.id, webhook.projectId))
    .where(and(eq(project.name, projectName), isNull(project.deletedAt), deleted ? isNotNull(webhook.deletedAt) : isNull(webhook.deletedAt)))
    .orderBy(asc(webhook.id))
    .limit(1000)
    .then((rows) => rows.map((row) => row.webhook));
}

/** Of each project, those that are not deleted. */
export async function findWebhooksOfProjects(db: Executor, projectIds: readonly string[]): Promise<Map<string, WebhookRow[]>> {
  const rows = await db.select().from(webhook).where(and(inArray(webhook.projectId, [...projectIds]), isNull(webhook.deletedAt))).orderBy(asc(webhook.id));
  return new Map(projectIds.map((id) => [id, rows.filter(({ projectId }) => projectId === id)]));
}

export interface SecretFacts {
  previousUntil: Date | null;
}

/** Whether a webhook can send, and how long an old secret still signs; never a secret itself. */
export async function findSecretFacts(db: Executor, webhookIds: readonly string[]): Promise<Map<string, SecretFacts>> {
  const rows = await db
    .select({ id: webhookSecret.webhookId, previousUntil: sql<Date | null>`case when ${webhookSecret.previousUntil} > now() then ${webhookSecret.previousUntil} end`.mapWith(webhookSecret.previousUntil) })
    .from(webhookSecret)
    .where(inArray(webhookSecret.webhookId, [...webhookIds]));
  return new Map(rows.map(({ id, previousUntil }) => [id, { previousUntil }]));
}

/** The newest delivery of each that has one. */
export async function findLastDeliveries(db: Executor, webhookIds: readonly string[]): Promise<Map<string, AlertDeliveryRow>> {
  const newest = sql`(select newest.id from unnest(${sql.param([...webhookIds])}::uuid[]) own(id) cross join lateral (select delivery.id from alert_delivery delivery where delivery.webhook_id = own.id order by delivery.id desc limit 1) newest)`;
  const rows = await db.select().from(alertDelivery).where(inArray(alertDelivery.id, newest));
  return new Map(rows.map((row) => [row.webhookId, row]));
}
