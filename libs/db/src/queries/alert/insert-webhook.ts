import { and, count, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../connect';
import { webhook, type WebhookRow, webhookSecret } from '../../schema';
import { keepSecret } from './keep-secret';

export type NewWebhook = Pick<WebhookRow, 'projectId' | 'name' | 'shownAddress' | 'format'> & { address: string; secret: string };

/** Of a project. */
export const mostWebhooks = 50;

/** null: the project has as many as it may. */
export function insertWebhook(db: Database, { address, secret, ...values }: NewWebhook): Promise<WebhookRow | null> {
  return keepSecret(() => db.transaction(async (tx) => {
    const [row] = await tx.select({ total: count() }).from(webhook).where(and(eq(webhook.projectId, values.projectId), isNull(webhook.deletedAt)));
    if (row!.total >= mostWebhooks) return null;
    const [made] = await tx.insert(webhook).values(values).returning();
    await tx.insert(webhookSecret).values({ webhookId: made!.id, address, secret });
    return made!;
  }));
}
