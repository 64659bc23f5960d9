import type { AlertDeliveryRow, AlertRow, AlertRuleRow, RunRow, WebhookRow } from '@thaw/db';
import { findRules } from '@thaw/db/queries/alert/find-rules';
import { findWebhooks } from '@thaw/db/queries/alert/find-webhooks';
import { countDeliveries, findAlerts, findAlertsOfRuns, findDeliveriesOfAlerts, listDeliveries } from '@thaw/db/queries/alert/list-deliveries';
import { redeliver } from '@thaw/db/queries/alert/queue-delivery';
import { findRuns } from '@thaw/db/queries/run/find-runs';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import { type Context, loadExisting } from '../context';
import { badInput, userError } from '../errors';
import { Run } from '../run/run.type';
import { DateTime } from '../scalars';
import { AlertDeliveryPayload } from './alert.input';
import { Alert, AlertDelivery, AlertDeliveryConnection, AlertRule, DeliveryAttempt, DeliveryStatus, Webhook } from './alert.type';
import { messageId } from './attempt-delivery';
import { describeAlert } from './describe-alert';

@Resolver(() => AlertDelivery)
class DeliveryResolver {
  @Query(() => AlertDeliveryConnection, { description: 'The log of what was sent and is to be sent, newest first.' })
  async alertDeliveries(
    @Ctx() { db }: Context,
    @Arg('project', () => String, { description: 'By name.' }) project: string,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string | null,
    @Arg('statuses', () => [DeliveryStatus], { nullable: true, description: 'Only these.' }) statuses?: DeliveryStatus[] | null,
    @Arg('webhookId', () => ID, { nullable: true, description: 'Only to this webhook.' }) webhookId?: string | null,
    @Arg('ruleId', () => ID, { nullable: true, description: 'Only of this rule; without tests, then.' }) ruleId?: string | null,
    @Arg('runId', () => ID, { nullable: true, description: 'Only about this run; without tests, then.' }) runId?: string | null,
  ): Promise<Page<AlertDeliveryRow>> {
    const filter = { project, statuses, webhookId, ruleId, runId };
    const rows = await listDeliveries(db, filter, checkFirst(first), after ? readCursor(after) : undefined);
    return toPage(rows, first, ({ id }) => encodeCursor([id]), () => countDeliveries(db, filter));
  }

  @Mutation(() => AlertDeliveryPayload, { description: 'Sends a message again, as it was and under its own id, with all attempts ahead. One that still waits is sent now.' })
  async redeliverAlert(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the delivery.' }) id: string): Promise<AlertDeliveryPayload> {
    const again = await redeliver(db, id);
    if (again.ok) return { delivery: again.delivery, userErrors: [] };
    const refuse = (message: string) => ({ delivery: null, userErrors: [userError('id', again.reason, message)] });
    switch (again.reason) {
      case 'DELIVERY_UNKNOWN':
        return refuse(`There is no delivery ${id}: it never was, or gc has removed it. List them with the alertDeliveries query.`);
      case 'WEBHOOK_DELETED':
        return refuse(`Its webhook "${again.webhook}" is deleted. Bring it back with restoreWebhook first.`);
      case 'WEBHOOK_DISABLED':
        return refuse(`Its webhook "${again.webhook}" is switched off. Switch it on first: updateWebhook with enabled: true.`);
      case 'ADDRESS_MISSING':
        return refuse(`Its webhook "${again.webhook}" came out of a backup and has no address. Give it one with updateWebhook first.`);
    }
  }

  @FieldResolver(() => String, { description: 'The webhook-id header, the same in every attempt: what a receiver knows a message by that it has seen before.' })
  messageId(@Root() delivery: AlertDeliveryRow): string {
    return messageId(delivery);
  }

  @FieldResolver(() => Webhook, { description: 'Where it goes.' })
  webhook(@Root() { webhookId }: AlertDeliveryRow, @Ctx() context: Context): Promise<WebhookRow> {
    return loadExisting(context, findWebhooks, webhookId);
  }

  @FieldResolver(() => Alert, { nullable: true, description: 'What it tells; null for a test.' })
  async alert(@Root() { alertId }: AlertDeliveryRow, @Ctx() context: Context): Promise<AlertRow | null> {
    return alertId ? loadExisting(context, findAlerts, alertId) : null;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When it is sent next, while it is PENDING.' })
  nextAttempt(@Root() { status, nextAttemptAt }: AlertDeliveryRow): Date | null {
    return status === 'PENDING' ? nextAttemptAt : null;
  }

  @FieldResolver(() => [DeliveryAttempt], { description: 'Every attempt, oldest first; the last 20.' })
  log(@Root() { log }: AlertDeliveryRow): DeliveryAttempt[] {
    return log.map((attempt) => ({ ...attempt, at: new Date(attempt.at) }));
  }
}

@Resolver(() => Alert)
class AlertResolver {
  @FieldResolver(() => String, { description: 'What happened, to be read behind the run\'s name: "failed: out of memory".' })
  async text(@Root() { ruleId, facts }: AlertRow, @Ctx() context: Context): Promise<string> {
    return describeAlert(await loadExisting(context, findRules, ruleId), facts);
  }

  @FieldResolver(() => AlertRule, { description: 'What was watched for.' })
  rule(@Root() { ruleId }: AlertRow, @Ctx() context: Context): Promise<AlertRuleRow> {
    return loadExisting(context, findRules, ruleId);
  }

  @FieldResolver(() => Run, { description: 'The run it is about.' })
  run(@Root() { runId }: AlertRow, @Ctx() context: Context): Promise<RunRow> {
    return loadExisting(context, findRuns, runId);
  }

  @FieldResolver(() => [AlertDelivery], { description: 'Its messages, one to each webhook; empty when there was none, or gc has removed them.' })
  async deliveries(@Root() { id }: AlertRow, @Ctx() context: Context): Promise<AlertDeliveryRow[]> {
    return (await context.load(findDeliveriesOfAlerts, id)) ?? [];
  }
}

@Resolver(() => Run)
class AlertsOfRunResolver {
  @FieldResolver(() => [Alert], { description: 'Alerts about it, newest first; the last 100.' })
  async alerts(@Root() { id }: RunRow, @Ctx() context: Context): Promise<AlertRow[]> {
    return (await context.load(findAlertsOfRuns, id)) ?? [];
  }
}

function readCursor(after: string): string {
  const [id] = decodeCursor(after);
  if (typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return id;
  throw badInput('after is no cursor of this list. Pass pageInfo.endCursor of its previous page.');
}

export const deliveryResolvers = [DeliveryResolver, AlertResolver, AlertsOfRunResolver] as const;
