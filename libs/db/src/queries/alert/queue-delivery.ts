import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { alertDelivery, type AlertDeliveryRow, webhook, webhookSecret } from '../../schema';
import type { ClaimedDelivery } from './claim-deliveries';

/** A test message, in the hands of whoever asked for it; null: the webhook has no address. */
export function insertPing(db: Database, webhookId: string, body: string, leaseSeconds: number): Promise<ClaimedDelivery | null> {
  return db.transaction(async (tx) => {
    const [secret] = await tx.select().from(webhookSecret).where(eq(webhookSecret.webhookId, webhookId));
    if (!secret) return null;
    const [row] = await tx.insert(alertDelivery).values({ webhookId, body, attempts: 1, nextAttemptAt: sql`now() + ${leaseSeconds}::int * interval '1 second'` }).returning();
    const { id, attempts } = row!;
    const rotating = secret.previousSecret && secret.previousUntil && secret.previousUntil > new Date();
    return { id, webhookId, body, attempts, address: secret.address, secrets: [secret.secret, ...(rotating ? [secret.previousSecret!] : [])] };
  });
}

export type Redelivered = { ok: true; delivery: AlertDeliveryRow } | { ok: false; reason: 'DELIVERY_UNKNOWN' } | { ok: false; reason: 'WEBHOOK_DELETED' | 'WEBHOOK_DISABLED' | 'ADDRESS_MISSING'; webhook: string };

/** The same message again, under its own id and with all attempts ahead; one that waits is due now. */
export async function redeliver(db: Database, id: string): Promise<Redelivered> {
  if (!isId(id)) return { ok: false, reason: 'DELIVERY_UNKNOWN' };
  return db.transaction(async (tx): Promise<Redelivered> => {
    const [found] = await tx
      .select({ webhook, address: webhookSecret.webhookId })
      .from(alertDelivery)
      .innerJoin(webhook, eq(webhook.id, alertDelivery.webhookId))
      .leftJoin(webhookSecret, eq(webhookSecret.webhookId, webhook.id))
      .where(eq(alertDelivery.id, id))
      .for('update', { of: alertDelivery });
    if (!found) return { ok: false, reason: 'DELIVERY_UNKNOWN' };
    const reason = found.webhook.deletedAt ? 'WEBHOOK_DELETED' : !found.webhook.enabled ? 'WEBHOOK_DISABLED' : !found.address ? 'ADDRESS_MISSING' : null;
    if (reason) return { ok: false, reason, webhook: found.webhook.name };
    const [delivery] = await tx.update(alertDelivery).set({ status: 'PENDING', attempts: 0, nextAttemptAt: sql`now()`, endedAt: null }).where(eq(alertDelivery.id, id)).returning();
    return { ok: true, delivery: delivery! };
  });
}
