import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../connect';
import { alert, alertDelivery, alertRule, type AlertRow, type AlertRuleRow, project, type ProjectRow, run, type RunRow, webhook, type WebhookRow, webhookSecret } from '../../schema';

/** All that a message is made of. */
export interface RaisedAlert {
  alert: AlertRow;
  rule: AlertRuleRow;
  run: RunRow;
  project: ProjectRow;
}

const mostAtOnce = 100;
/** Alerts of one rule that are sent within an hour; what comes on top is only recorded. */
export const mostPerHour = 100;

/**
 * Writes the messages of alerts that were raised, in the transaction that marks them: each alert gets its messages once.
 * Answers how many alerts it took.
 */
export function handOnAlerts(db: Database, write: (raised: RaisedAlert, webhook: WebhookRow) => string): Promise<number> {
  return db.transaction(async (tx) => {
    const raised = await tx
      .select({ alert, rule: alertRule, run, project })
      .from(alert)
      .innerJoin(alertRule, eq(alertRule.id, alert.ruleId))
      .innerJoin(run, eq(run.id, alert.runId))
      .innerJoin(project, eq(project.id, run.projectId))
      .where(isNull(alert.handedOnAt))
      .orderBy(asc(alert.at), asc(alert.id))
      .limit(mostAtOnce)
      .for('update', { of: alert, skipLocked: true });
    if (raised.length === 0) return 0;
    const told = await countRecent(tx, raised.map(({ rule }) => rule.id));
    const webhooks = await findReachable(tx, raised.map((each) => each.project.id));
    const deliveries = raised.flatMap((each) => {
      const { rule } = each;
      const before = told.get(rule.id) ?? 0;
      told.set(rule.id, before + 1);
      const tooMany = before >= mostPerHour;
      return webhooks
        .filter(({ id, projectId }) => projectId === rule.projectId && (rule.webhookIds.length === 0 || rule.webhookIds.includes(id)))
        .map((to) => ({ alertId: each.alert.id, webhookId: to.id, body: write(each, to), ...(tooMany ? { status: 'SUPPRESSED' as const, endedAt: sql`now()` } : {}) }));
    });
    if (deliveries.length > 0) await tx.insert(alertDelivery).values(deliveries);
    await tx.update(alert).set({ handedOnAt: sql`now()` }).where(inArray(alert.id, raised.map((each) => each.alert.id)));
    return raised.length;
  });
}

/** One that came out of a backup has no address until somebody gives it one; then it is told what happens from there on. */
async function findReachable(tx: Executor, projectIds: readonly string[]): Promise<WebhookRow[]> {
  const rows = await tx
    .select({ webhook })
    .from(webhook)
    .innerJoin(webhookSecret, eq(webhookSecret.webhookId, webhook.id))
    .where(and(inArray(webhook.projectId, [...projectIds]), eq(webhook.enabled, true), isNull(webhook.deletedAt)))
    .orderBy(asc(webhook.id));
  return rows.map((row) => row.webhook);
}

async function countRecent(tx: Executor, ruleIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await tx.execute<{ id: string; total: string }>(sql`/* countRecentAlerts */
    select rule_id as id, count(*) as total from alert where rule_id = any(${sql.param([...new Set(ruleIds)])}::uuid[]) and handed_on_at > now() - interval '1 hour' group by rule_id`);
  return new Map(rows.map(({ id, total }) => [id, Number(total)]));
}
