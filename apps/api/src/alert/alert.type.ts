import { alertDirection, alertKind, deliveryStatus, webhookFormat, type AlertRow } from '@thaw/db';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { graphqlEnum } from '../enum';
import { RunEndReason } from '../run/run.type';
import { DateTime } from '../scalars';

export const AlertKind = graphqlEnum('AlertKind', alertKind.enumValues, 'What a rule watches for. Rules tell of what happens from the moment they are made, changed or switched on.', {
  RUN_FAILED: 'A run ended as FAILED; endReasons narrows it.',
  RUN_FINISHED: 'A run ended as FINISHED; endReasons narrows it.',
  METRIC_CROSSED: 'A metric came to lie above or below a threshold: each time it does, at most 20 times a run. Each step counts once, the first time it is logged.',
  METRIC_NOT_FINITE: 'A metric became NaN or infinite: once a run.',
  RUN_STALLED: 'A RUNNING run logged no metric for some minutes, those of the machine (system/…) aside: once each silence.',
  RUN_WAITING: 'A QUEUED run was taken by no trainer for some minutes.',
  BEST_BEATEN: 'A run FINISHED that at its best was better than every other run of the project.',
});
export type AlertKind = keyof typeof AlertKind;

export const AlertDirection = graphqlEnum('AlertDirection', alertDirection.enumValues, 'A side of a value.', {
  ABOVE: 'Greater than the threshold; of BEST_BEATEN: greater is better.',
  BELOW: 'Less than the threshold; of BEST_BEATEN: less is better.',
});
export type AlertDirection = keyof typeof AlertDirection;

export const WebhookFormat = graphqlEnum('WebhookFormat', webhookFormat.enumValues, 'What the body of a message looks like. Every format is signed.', {
  GENERIC: 'JSON as docs/alerts.md describes it: type, timestamp, data.',
  SLACK: '{ text } as Slack (and Mattermost, Rocket.Chat) shows it.',
  DISCORD: '{ content } as Discord shows it.',
});
export type WebhookFormat = keyof typeof WebhookFormat;

export const DeliveryStatus = graphqlEnum('AlertDeliveryStatus', deliveryStatus.enumValues, 'How far a message is.', {
  PENDING: 'Waits for its first or next attempt.',
  DELIVERED: 'The receiver answered 200 to 299.',
  DEAD: 'Given up: 8 attempts failed, or the receiver said that it is gone, or it was a test. redeliverAlert sends it again.',
  SUPPRESSED: 'Not sent, because its rule had raised 100 alerts within the hour. redeliverAlert sends it all the same.',
});
export type DeliveryStatus = keyof typeof DeliveryStatus;

// Named: a bundler renames one of two classes of the same name, and the library that signs has a Webhook, too.
@ObjectType('Webhook', { description: 'An address that alerts are sent to. Its secret, and the part of its address that is as good as one, are never answered again.' })
export class Webhook {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'For people; need not be unique.' })
  name!: string;

  @Field(() => String, { description: 'Its address, without what must stay secret: a login, a query, and at Slack and Discord most of the path.' })
  shownAddress!: string;

  @Field(() => WebhookFormat, { description: 'What it is sent.' })
  format!: WebhookFormat;

  @Field(() => Boolean, { description: 'Whether it is sent anything; while it is not, no messages gather for it.' })
  enabled!: boolean;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Set while it is deleted: restoreWebhook brings it back until gc has run.' })
  deletedAt!: Date | null;
}

@ObjectType({ description: 'What of a project\'s runs is told, and to which webhooks.' })
export class AlertRule {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'For people; need not be unique.' })
  name!: string;

  @Field(() => AlertKind, { description: 'What it watches for.' })
  kind!: AlertKind;

  @Field(() => Boolean, { description: 'Whether it watches.' })
  enabled!: boolean;

  @Field(() => [ID], { description: 'The webhooks it was given; empty: every webhook of the project, later ones too.' })
  webhookIds!: string[];

  @Field(() => [RunEndReason], { description: 'Of RUN_FAILED and RUN_FINISHED: only runs that ended so; empty: however they ended.' })
  endReasons!: RunEndReason[];

  @Field(() => String, { nullable: true, description: 'The metric. null: any metric (METRIC_NOT_FINITE, RUN_STALLED).' })
  key!: string | null;

  @Field(() => AlertDirection, { nullable: true, description: 'Of METRIC_CROSSED and BEST_BEATEN.' })
  direction!: AlertDirection | null;

  @Field(() => Float, { nullable: true, description: 'Of METRIC_CROSSED.' })
  threshold!: number | null;

  @Field(() => Int, { description: 'Of METRIC_CROSSED: how many points in a row must lie beyond the threshold.' })
  points!: number;

  @Field(() => Boolean, { description: 'Of METRIC_CROSSED: only the first crossing of each run.' })
  firstOnly!: boolean;

  @Field(() => Int, { nullable: true, description: 'Of RUN_STALLED and RUN_WAITING: how long is too long.' })
  minutes!: number | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Set while it is deleted: restoreAlertRule brings it back until gc has run.' })
  deletedAt!: Date | null;
}

@ObjectType({ description: 'Something that a rule watches for has happened, once.' })
export class Alert {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => DateTime, { description: 'When it was noticed.' })
  at!: Date;

  /** For its field resolvers. */
  facts!: AlertRow['facts'];
}

@ObjectType({ description: 'One attempt to send a message.' })
export class DeliveryAttempt {
  @Field(() => DateTime, { description: 'When it began.' })
  at!: Date;

  @Field(() => Int, { description: 'Milliseconds until the answer, or until it was given up.' })
  durationMs!: number;

  @Field(() => Int, { nullable: true, description: 'HTTP status; null when there was no answer.' })
  status!: number | null;

  @Field(() => String, { nullable: true, description: 'Start of the answer\'s body, 1000 bytes at most.' })
  excerpt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it did not count as delivered; null when it did.' })
  error!: string | null;
}

@ObjectType({ description: 'A message to one webhook: sent at least once, each time with the same id. The log keeps it for 30 days, until gc.' })
export class AlertDelivery {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => DeliveryStatus, { description: 'How far it is.' })
  status!: DeliveryStatus;

  @Field(() => String, { description: 'The body that is sent, the same in every attempt.' })
  body!: string;

  @Field(() => Int, { description: 'Attempts begun since it was last queued; 8 are made over about a day.' })
  attempts!: number;

  @Field(() => DateTime, { description: 'When the message was written.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was delivered, given up or suppressed.' })
  endedAt!: Date | null;

  /** For its field resolvers. */
  nextAttemptAt!: Date;
}

@ObjectType({ description: 'A page of messages.' })
export class AlertDeliveryConnection extends connectionType(AlertDelivery, 'AlertDelivery') {}
