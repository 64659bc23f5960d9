import { alert } from '@thaw/db';
import type { Received, Receiver } from '@thaw/db/testing-receiver';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { TestApi } from '../testing';
import { eventually } from '../testing-events';

/** A webhook of the project that leads to the receiver. */
export async function givenWebhook(api: TestApi, { url }: Receiver, input: { project: string; format?: string; path?: string }): Promise<{ id: string; secret: string }> {
  const { path = '/hook', ...rest } = input;
  const { createWebhook } = await api.gql('mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } secret userErrors { field message } } }', { input: { name: 'receiver', url: `${url}${path}`, ...rest } });
  expect(createWebhook.userErrors).toEqual([]);
  return { id: createWebhook.webhook.id, secret: createWebhook.secret };
}

export async function givenRule(api: TestApi, input: { project: string; kind: string; [setting: string]: unknown }): Promise<string> {
  const { createAlertRule } = await api.gql('mutation ($input: CreateAlertRuleInput!) { createAlertRule(input: $input) { rule { id } userErrors { field message } } }', { input: { name: `on ${input.kind}`, ...input } });
  expect(createAlertRule.userErrors).toEqual([]);
  return createAlertRule.rule.id;
}

export async function givenRun(api: TestApi, project: string, name = 'a run'): Promise<string> {
  const { createRun } = await api.gql('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { message } } }', { input: { project, name } });
  expect(createRun.userErrors).toEqual([]);
  return createRun.run.id;
}

let batches = 0;

/** values: of steps one after the other, beginning with the first. */
export async function logValues(api: TestApi, runId: string, key: string, values: (number | string)[], firstStep = 1): Promise<void> {
  const columns = [{ key, steps: values.map((_, index) => firstStep + index), values }];
  const { logMetrics } = await api.gql('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { userErrors { message } } }', { input: { runId, batchId: `batch ${batches++}`, columns } });
  expect(logMetrics.userErrors).toEqual([]);
}

export async function finish(api: TestApi, id: string, status: 'FINISHED' | 'FAILED' = 'FINISHED', error?: string): Promise<void> {
  const { finishRun } = await api.gql('mutation ($input: FinishRunInput!) { finishRun(input: $input) { userErrors { message } } }', { input: { id, status, error } });
  expect(finishRun.userErrors).toEqual([]);
}

export interface Message {
  type: string;
  timestamp: string;
  data: { text: string; run: { id: string; name: string; url: string; status: string; endReason: string | null; error: string | null }; rule: { id: string; name: string }; metric: { key: string; value: number | string; step: number } | null; minutes: number | null; best: { value: number; runId: string } | null };
}

/** Reads what has arrived until it is so many. */
export async function untilReceived({ received }: Receiver, count: number): Promise<Received[]> {
  await eventually(`${count} messages`, () => received.length >= count);
  return received;
}

export const bodies = ({ received }: Receiver): Message[] => received.map(({ body }) => JSON.parse(body) as Message);

/** The run's alert is there, and its messages, if any. */
export const untilHandedOn = (api: TestApi, runId: string): Promise<void> =>
  eventually('the alert to be handed on', async () => (await api.db.$count(alert, and(eq(alert.runId, runId), isNotNull(alert.handedOnAt)))) === 1);
