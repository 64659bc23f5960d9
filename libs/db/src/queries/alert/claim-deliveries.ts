import { sql } from 'drizzle-orm';
import type { Database } from '../../connect';

/** What it takes to send one message. */
export interface ClaimedDelivery {
  id: string;
  webhookId: string;
  body: string;
  /** This one included. */
  attempts: number;
  address: string;
  /** The newest first; all of them sign. */
  secrets: string[];
}

/** To one webhook at a time. */
const mostPerWebhook = 4;

/**
 * Messages that are due, now this process's for so many seconds: one that dies with them leaves them to the others.
 * busy: webhooks that this process is sending to already, which might be slow.
 */
export async function claimDeliveries(db: Database, leaseSeconds: number, busy: readonly string[], most: number): Promise<ClaimedDelivery[]> {
  const { rows } = await db.execute<{ id: string; webhook_id: string; body: string; attempts: number; address: string; secret: string; previous_secret: string | null }>(sql`/* claimDeliveries */
    with due as (
      select next.id from webhook cross join lateral (
        select delivery.id, delivery.next_attempt_at from alert_delivery delivery
        where delivery.webhook_id = webhook.id and delivery.status = 'PENDING' and delivery.next_attempt_at <= now()
        order by delivery.next_attempt_at limit ${mostPerWebhook} for update skip locked
      ) next
      where webhook.enabled and webhook.deleted_at is null and not webhook.id = any(${sql.param([...busy])}::uuid[])
      order by next.next_attempt_at limit ${most}
    )
    update alert_delivery delivery set attempts = delivery.attempts + 1, next_attempt_at = now() + ${leaseSeconds}::int * interval '1 second'
    from webhook_secret secret where delivery.id in (select id from due) and secret.webhook_id = delivery.webhook_id
    returning delivery.id, delivery.webhook_id, delivery.body, delivery.attempts, secret.address, secret.secret, case when secret.previous_until > now() then secret.previous_secret end as previous_secret`);
  return rows.map((row) => ({ id: row.id, webhookId: row.webhook_id, body: row.body, attempts: row.attempts, address: row.address, secrets: [row.secret, ...(row.previous_secret ? [row.previous_secret] : [])] }));
}
