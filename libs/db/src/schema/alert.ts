import { sql } from 'drizzle-orm';
import { bigint, boolean, doublePrecision, index, integer, jsonb, pgEnum, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { MetricNumber } from '@thaw/series';
import { createdAt, id, moment } from './columns';
import { project } from './project';
import { run, runEndReason, type RunEndReason, type RunStatus } from './run';

/** What a rule watches for. */
export const alertKind = pgEnum('alert_kind', ['RUN_FAILED', 'RUN_FINISHED', 'METRIC_CROSSED', 'METRIC_NOT_FINITE', 'RUN_STALLED', 'RUN_WAITING', 'BEST_BEATEN']);
/** Of METRIC_CROSSED: the side of the threshold that is told. Of BEST_BEATEN: the side that is better. */
export const alertDirection = pgEnum('alert_direction', ['ABOVE', 'BELOW']);
/** GENERIC: our own payload. SLACK, DISCORD: what those services (and others that copy them) show as a message. */
export const webhookFormat = pgEnum('webhook_format', ['GENERIC', 'SLACK', 'DISCORD']);
/** PENDING: waits for its next attempt. DEAD: given up. SUPPRESSED: its rule had told too much within the hour; sent only by hand. */
export const deliveryStatus = pgEnum('delivery_status', ['PENDING', 'DELIVERED', 'DEAD', 'SUPPRESSED']);

export const webhook = pgTable('webhook', {
  id: id(),
  projectId: uuid().notNull().references(() => project.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  /** Its address with everything left out that lets one send to it; fit to be shown. */
  shownAddress: text().notNull(),
  format: webhookFormat().notNull(),
  enabled: boolean().notNull().default(true),
  createdAt: createdAt(),
  deletedAt: moment(),
}, (table) => [index('webhook_by_project').on(table.projectId)]);

/** Everything of a webhook that nobody may read again, in a table of its own that backups leave out. */
export const webhookSecret = pgTable('webhook_secret', {
  webhookId: uuid().primaryKey().references(() => webhook.id, { onDelete: 'cascade' }),
  /** An address at Slack or Discord is a password in itself. */
  address: text().notNull(),
  /** whsec_ and base64 */
  secret: text().notNull(),
  /** Signs beside the new one until then. */
  previousSecret: text(),
  previousUntil: moment(),
});

export const alertRule = pgTable('alert_rule', {
  id: id(),
  projectId: uuid().notNull().references(() => project.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  kind: alertKind().notNull(),
  enabled: boolean().notNull().default(true),
  /** Empty: every webhook of the project. */
  webhookIds: uuid().array().notNull().default(sql`'{}'`),
  /** RUN_FAILED, RUN_FINISHED; empty: whatever the reason. */
  endReasons: runEndReason().array().notNull().default(sql`'{}'`),
  /** A metric. null for rules that need none: then any metric counts. */
  key: text(),
  direction: alertDirection(),
  threshold: doublePrecision(),
  /** Consecutive points beyond the threshold. */
  points: integer().notNull().default(1),
  /** METRIC_CROSSED: only the first crossing of each run. */
  firstOnly: boolean().notNull().default(false),
  /** RUN_STALLED, RUN_WAITING */
  minutes: integer(),
  /** RUN_STALLED, RUN_WAITING: when runs were last looked at; silence counts only while somebody listened. */
  lookedAt: moment(),
  createdAt: createdAt(),
  deletedAt: moment(),
}, (table) => [index('alert_rule_by_project').on(table.projectId, table.kind)]);

/** How far a rule has followed a run. */
export const alertWatch = pgTable('alert_watch', {
  ruleId: uuid().notNull().references(() => alertRule.id, { onDelete: 'cascade' }),
  runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
  /** Metric rules: every chunk up to this seq has been looked at. */
  seq: bigint({ mode: 'number' }).notNull().default(0),
  /** METRIC_CROSSED: the highest step looked at; one that comes again, after a resume, is not looked at again. */
  step: bigint({ mode: 'number' }),
  /** Points beyond the threshold in a row, up to `step`, and the step they began with. */
  streak: integer().notNull().default(0),
  since: bigint({ mode: 'number' }),
  /** This streak, or this silence, has been told. */
  told: boolean().notNull().default(false),
  /** RUN_STALLED, RUN_WAITING: what stays the same while nothing happens, and since when it has. */
  mark: text(),
  quietSince: moment(),
}, (table) => [primaryKey({ columns: [table.ruleId, table.runId] }), index('alert_watch_by_run').on(table.runId)]);

/** Runs that stopped running since their metrics were last looked at; written by a trigger in the transaction that stopped them. */
export const alertCheck = pgTable('alert_check', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
}, (table) => [index('alert_check_by_run').on(table.runId)]);

/** What happened, as it was at that moment; which of these are there depends on the rule's kind. */
export interface AlertFacts {
  status?: RunStatus;
  endReason?: RunEndReason | null;
  key?: string;
  value?: MetricNumber;
  step?: number;
  /** METRIC_CROSSED: the first step of those in a row. */
  since?: number;
  minutes?: number;
  /** BEST_BEATEN: what was the best before, and whose it was. */
  best?: MetricNumber;
  bestRunId?: string;
}

/** One occurrence of what a rule watches for. The unique key makes it exactly one, whoever notices it and how often. */
export const alert = pgTable('alert', {
  id: uuid().primaryKey().default(sql`gen_random_uuid()`),
  ruleId: uuid().notNull().references(() => alertRule.id, { onDelete: 'cascade' }),
  runId: uuid().notNull().references(() => run.id, { onDelete: 'cascade' }),
  /** What tells this occurrence from others of the same rule and run: "end", "step 12". */
  occurrence: text().notNull(),
  facts: jsonb().notNull().$type<AlertFacts>(),
  at: createdAt(),
  /** When its deliveries were written; null while that is still to be done. */
  handedOnAt: moment(),
}, (table) => [
  unique('alert_occurrence').on(table.ruleId, table.runId, table.occurrence),
  index('alert_to_hand_on').on(table.at).where(sql`${table.handedOnAt} is null`),
  index('alert_by_rule').on(table.ruleId, table.handedOnAt),
  index('alert_by_run').on(table.runId, table.at),
]);

/** One attempt to send. */
export interface DeliveryAttempt {
  /** ISO 8601 */
  at: string;
  /** Milliseconds until the answer, or until it was given up. */
  durationMs: number;
  /** HTTP status; null when there was no answer. */
  status: number | null;
  /** Start of the answer's body. */
  excerpt: string | null;
  /** Why it did not count as delivered. */
  error: string | null;
}

/** A message to one webhook: the outbox, and the log of it afterwards. */
export const alertDelivery = pgTable('alert_delivery', {
  /** Time-ordered; "msg_" and this is the webhook-id, the same in every attempt. */
  id: id(),
  /** null: a test message. */
  alertId: uuid().references(() => alert.id, { onDelete: 'cascade' }),
  webhookId: uuid().notNull().references(() => webhook.id, { onDelete: 'cascade' }),
  status: deliveryStatus().notNull().default('PENDING'),
  body: text().notNull(),
  /** Begun, since it was last queued. */
  attempts: integer().notNull().default(0),
  /** While an attempt is under way: when another process may take it that this one did not live to record. */
  nextAttemptAt: moment().notNull().defaultNow(),
  /** Newest last; the last 20. */
  log: jsonb().notNull().default([]).$type<DeliveryAttempt[]>(),
  createdAt: createdAt(),
  /** When it was delivered or given up. */
  endedAt: moment(),
}, (table) => [
  index('alert_delivery_due').on(table.webhookId, table.nextAttemptAt).where(sql`${table.status} = 'PENDING'`),
  index('alert_delivery_by_webhook').on(table.webhookId, table.id),
  index('alert_delivery_by_alert').on(table.alertId),
]);

export type WebhookRow = typeof webhook.$inferSelect;
export type WebhookSecretRow = typeof webhookSecret.$inferSelect;
export type AlertRuleRow = typeof alertRule.$inferSelect;
export type AlertWatchRow = typeof alertWatch.$inferSelect;
export type AlertKind = AlertRuleRow['kind'];
export type AlertRow = typeof alert.$inferSelect;
export type AlertDeliveryRow = typeof alertDelivery.$inferSelect;
