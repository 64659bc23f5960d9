import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../errors';
import { RunEndReason } from '../run/run.type';
import { AlertDelivery, AlertDirection, AlertKind, AlertRule, Webhook, WebhookFormat } from './alert.type';

const problems = 'Why nothing was done; empty when it was.';

@InputType({ description: 'What a rule watches for in detail; its kind says which of these it takes.' })
class AlertRuleSettings {
  @Field(() => [ID], { nullable: true, description: 'Only these webhooks of the project. Empty or left out: all of them, later ones too.' })
  webhookIds?: string[] | null;

  @Field(() => [RunEndReason], { nullable: true, description: 'RUN_FAILED: of ERROR, OUT_OF_MEMORY, TRAINER_LOST. RUN_FINISHED: of COMPLETED, EARLY_STOPPED. Default: all.' })
  endReasons?: RunEndReason[] | null;

  @Field(() => String, { nullable: true, description: 'METRIC_CROSSED and BEST_BEATEN need it; METRIC_NOT_FINITE and RUN_STALLED watch every metric without it.' })
  key?: string | null;

  @Field(() => AlertDirection, { nullable: true, description: 'METRIC_CROSSED: which side is told. BEST_BEATEN: which side is better.' })
  direction?: AlertDirection | null;

  @Field(() => Float, { nullable: true, description: 'METRIC_CROSSED needs it.' })
  threshold?: number | null;

  @Field(() => Int, { nullable: true, description: 'METRIC_CROSSED: points in a row beyond the threshold, 1 to 1000. Default: 1.' })
  points?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'METRIC_CROSSED: only the first crossing of each run. Default: false.' })
  firstOnly?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'RUN_STALLED and RUN_WAITING need it: 1 to 43,200 (30 days).' })
  minutes?: number | null;
}

@InputType({ description: 'A new rule.' })
export class CreateAlertRuleInput extends AlertRuleSettings {
  @Field(() => String, { description: 'By name; made when there is none.' })
  project!: string;

  @Field(() => String, { description: 'For people, 1 to 200 characters; it stands first in each message.' })
  name!: string;

  @Field(() => AlertKind, { description: 'What it watches for; this stays.' })
  kind!: AlertKind;

  @Field(() => Boolean, { nullable: true, description: 'Default: true.' })
  enabled?: boolean | null;
}

@InputType({ description: 'Changes to a rule; what is left out stays.' })
export class UpdateAlertRuleInput extends AlertRuleSettings {
  @Field(() => ID, { description: 'The rule.' })
  id!: string;

  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  name?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Off: it watches nothing. On again: it tells of what happens from then on.' })
  enabled?: boolean | null;
}

@ObjectType({ description: 'A rule as it stands after the change.' })
export class AlertRulePayload {
  @Field(() => AlertRule, { nullable: true, description: 'null when there are userErrors.' })
  rule!: unknown;

  @Field(() => [UserError], { description: problems })
  userErrors!: UserError[];
}

@InputType({ description: 'A new webhook.' })
export class CreateWebhookInput {
  @Field(() => String, { description: 'By name; made when there is none.' })
  project!: string;

  @Field(() => String, { description: 'For people, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { description: 'http or https. Link-local addresses (169.254.0.0/16, fe80::/10) are refused, also when a name leads there; redirects are not followed.' })
  url!: string;

  @Field(() => WebhookFormat, { nullable: true, description: 'Default: by the address, SLACK for hooks.slack.com, DISCORD for discord.com, else GENERIC.' })
  format?: WebhookFormat | null;
}

@InputType({ description: 'Changes to a webhook; what is left out stays.' })
export class UpdateWebhookInput {
  @Field(() => ID, { description: 'The webhook.' })
  id!: string;

  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Its new address, as for createWebhook. The secret stays.' })
  url?: string | null;

  @Field(() => WebhookFormat, { nullable: true, description: 'Of messages written from now on.' })
  format?: WebhookFormat | null;

  @Field(() => Boolean, { nullable: true, description: 'Off: nothing is sent, and no messages gather.' })
  enabled?: boolean | null;
}

@ObjectType({ description: 'A webhook as it stands after the change.' })
export class WebhookPayload {
  @Field(() => Webhook, { nullable: true, description: 'null when there are userErrors.' })
  webhook!: unknown;

  @Field(() => [UserError], { description: problems })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A webhook, and its secret when that is new.' })
export class WebhookSecretPayload extends WebhookPayload {
  @Field(() => String, { nullable: true, description: 'whsec_…, to check signatures with (standardwebhooks.com). Answered here and never again; null when it is not new.' })
  secret!: string | null;
}

@ObjectType({ description: 'A message, and how sending it went.' })
export class AlertDeliveryPayload {
  @Field(() => AlertDelivery, { nullable: true, description: 'null when there are userErrors.' })
  delivery!: unknown;

  @Field(() => [UserError], { description: problems })
  userErrors!: UserError[];
}
