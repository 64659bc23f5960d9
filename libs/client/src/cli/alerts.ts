import { InvalidArgumentError, Option, type Command } from 'commander';
import { ListAlertsDocument, ListDeliveriesDocument, RedeliverAlertDocument, TestWebhookDocument, type AlertDeliveryStatus, type ListAlertsQuery, type SentAlertFragment } from '../generated/graphql';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { table } from './table';

const statuses: AlertDeliveryStatus[] = ['PENDING', 'DELIVERED', 'DEAD', 'SUPPRESSED'];
const ofProject = () => new Option('--project <name>', 'whose alerts').default('default');

export function addAlertCommands(alerts: Command): void {
  alerts.command('list', { isDefault: true }).description('list rules and webhooks').addOption(ofProject()).action(action(listAlerts));
  alerts
    .command('deliveries')
    .description('list what was sent and is to be sent, newest first')
    .addOption(ofProject())
    .addOption(new Option('--status <status>', 'only these').choices(statuses))
    .option('--last <n>', 'how many, up to 1000', count, 20)
    .action(action(listDeliveries));
  alerts.command('test').description('send a test message to a webhook and say how that went').argument('<webhook>', 'name or id').addOption(ofProject()).action(action(testWebhook));
  alerts.command('resend').description('send a message again').argument('<delivery>', 'id').action(action(resend));
}

async function listAlerts({ client }: Session, { project }: { project: string }): Promise<Outcome> {
  const answer = await client.request(ListAlertsDocument, { project });
  const rules = answer.alertRules.map((rule) => [rule.name, condition(rule), rule.enabled ? 'on' : 'off', rule.webhooks.map(({ name }) => name).join(', ') || 'nowhere', rule.lastAlertAt]);
  const webhooks = answer.webhooks.map(({ name, shownAddress, format, enabled, needsAddress, lastDelivery, id }) => [name, shownAddress, format, needsAddress ? 'needs its address' : enabled ? 'on' : 'off', lastDelivery?.status, id]);
  const text = [
    rules.length > 0 ? table(['RULE', 'TELLS WHEN', 'STATE', 'TO', 'LAST'], rules) : `Project ${project} has no alert rules. Add some on its Alerts page, or with createAlertRule.`,
    webhooks.length > 0 ? table(['WEBHOOK', 'ADDRESS', 'FORMAT', 'STATE', 'LAST MESSAGE', 'ID'], webhooks) : 'It has no webhooks.',
  ];
  return { answer, text: text.join('\n\n') };
}

type Rule = ListAlertsQuery['alertRules'][number];

function condition({ kind, endReasons, key, direction, threshold, points, minutes }: Rule): string {
  const side = direction === 'ABOVE' ? 'above' : 'below';
  switch (kind) {
    case 'RUN_FAILED':
    case 'RUN_FINISHED':
      return [kind, ...endReasons].join(' ');
    case 'METRIC_CROSSED':
      return `${key} ${side} ${threshold}${points > 1 ? `, ${points} points in a row` : ''}`;
    case 'METRIC_NOT_FINITE':
      return `${key ?? 'any metric'} is not finite`;
    case 'RUN_STALLED':
      return `no ${key ?? 'metric'} for ${minutes} min`;
    case 'RUN_WAITING':
      return `queued for ${minutes} min`;
    case 'BEST_BEATEN':
      return `new best ${key}, ${direction === 'ABOVE' ? 'higher' : 'lower'} is better`;
  }
}

async function listDeliveries({ client }: Session, { project, status, last }: { project: string; status?: AlertDeliveryStatus; last: number }): Promise<Outcome> {
  const { alertDeliveries } = await client.request(ListDeliveriesDocument, { project, statuses: status ? [status] : null, first: last });
  const { nodes } = alertDeliveries;
  return { answer: nodes, text: nodes.length > 0 ? table(['STATUS', 'TO', 'ABOUT', 'ATTEMPTS', 'LAST ANSWER', 'WRITTEN', 'ID'], nodes.map(row)) : 'Nothing was sent.' };
}

const row = (delivery: SentAlertFragment) => [delivery.status, delivery.webhook.name, about(delivery), delivery.attempts, outcome(delivery), delivery.createdAt, delivery.id];
const about = ({ alert }: SentAlertFragment) => (alert ? `${alert.run.name} ${alert.text}` : 'test');
const outcome = ({ log }: SentAlertFragment) => log.at(-1)?.error ?? log.at(-1)?.status;

async function testWebhook({ client }: Session, wanted: string, { project }: { project: string }): Promise<Outcome> {
  const { webhooks } = await client.request(ListAlertsDocument, { project });
  const named = webhooks.filter(({ id, name }) => id === wanted.toLowerCase() || name === wanted);
  if (named.length > 1) return mistake(`Several webhooks are named "${wanted}". Give the id of one: ${named.map(({ id }) => id).join(', ')}.`);
  const id = named[0]?.id;
  if (!id) return mistake(`Project "${project}" has no webhook "${wanted}". ${webhooks.length > 0 ? `It has ${webhooks.map(({ name }) => name).join(', ')}.` : 'It has none at all.'} --project names another project.`);
  const { testWebhook: tested } = await client.request(TestWebhookDocument, { id });
  if (!tested.delivery) return refused(tested.userErrors);
  const { delivery } = tested;
  const attempt = delivery.log.at(-1);
  if (delivery.status === 'DELIVERED') return { answer: delivery, text: `delivered: ${attempt?.status} after ${attempt?.durationMs} ms` };
  return { answer: delivery, text: '', failed: true, complaint: `Not delivered: ${attempt?.error ?? delivery.status}` };
}

async function resend({ client }: Session, id: string): Promise<Outcome> {
  const { redeliverAlert: again } = await client.request(RedeliverAlertDocument, { id }, { idempotent: true });
  return again.delivery ? { answer: again.delivery, text: `${about(again.delivery)}: on its way to ${again.delivery.webhook.name}` } : refused(again.userErrors);
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1000) throw new InvalidArgumentError('It must be from 1 to 1000.');
  return number;
}
