import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { webhook, type WebhookRow, webhookSecret } from '../../schema';
import { keepSecret } from './keep-secret';

export type WebhookChanges = Partial<Pick<WebhookRow, 'name' | 'format' | 'enabled'>> & {
  /** secret: for a webhook that has none, since it came out of a backup. */
  target?: { address: string; shownAddress: string; secret: string };
};

/** null: there is no such webhook, or it is deleted. madeSecret: the secret given is its secret now. */
export async function updateWebhook(db: Database, id: string, { target, ...columns }: WebhookChanges): Promise<{ webhook: WebhookRow; madeSecret: boolean } | null> {
  if (!isId(id)) return null;
  return keepSecret(() => db.transaction(async (tx) => {
    const changes = { ...columns, shownAddress: target?.shownAddress };
    const own = and(eq(webhook.id, id), isNull(webhook.deletedAt));
    const [before] = await tx.select().from(webhook).where(own).for('update');
    if (!before) return null;
    const [after] = Object.values(changes).some((value) => value !== undefined) ? await tx.update(webhook).set(changes).where(own).returning() : [before];
    if (!target) return { webhook: after!, madeSecret: false };
    const { address, secret } = target;
    const [kept] = await tx.insert(webhookSecret).values({ webhookId: id, address, secret }).onConflictDoUpdate({ target: webhookSecret.webhookId, set: { address } }).returning({ secret: webhookSecret.secret });
    return { webhook: after!, madeSecret: kept!.secret === secret };
  }));
}

/** Out of sight, or back; null: there is no such webhook. */
export async function markWebhookDeleted(db: Database, id: string, deleted: boolean): Promise<WebhookRow | null> {
  if (!isId(id)) return null;
  const [row] = await db.update(webhook).set({ deletedAt: deleted ? sql`coalesce(${webhook.deletedAt}, now())` : null }).where(eq(webhook.id, id)).returning();
  return row ?? null;
}

export type RotatedSecret = { ok: true; webhook: WebhookRow } | { ok: false; reason: 'WEBHOOK_UNKNOWN' | 'ADDRESS_MISSING' };

/** The old secret signs beside the new one for so many hours. */
export async function rotateSecret(db: Database, id: string, secret: string, overlapHours: number): Promise<RotatedSecret> {
  if (!isId(id)) return { ok: false, reason: 'WEBHOOK_UNKNOWN' };
  return keepSecret(() => db.transaction(async (tx): Promise<RotatedSecret> => {
    const [found] = await tx.select().from(webhook).where(and(eq(webhook.id, id), isNull(webhook.deletedAt))).for('update');
    if (!found) return { ok: false, reason: 'WEBHOOK_UNKNOWN' };
    const { rowCount } = await tx
      .update(webhookSecret)
      .set({
        secret,
        previousSecret: overlapHours > 0 ? webhookSecret.secret : null,
        previousUntil: overlapHours > 0 ? sql`now() + ${overlapHours}::int * interval '1 hour'` : null,
      })
      .where(eq(webhookSecret.webhookId, id));
    return rowCount ? { ok: true, webhook: found } : { ok: false, reason: 'ADDRESS_MISSING' };
  }));
}
