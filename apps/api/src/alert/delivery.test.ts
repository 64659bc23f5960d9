import { inspect } from 'node:util';
import { alertDelivery, webhook as webhookTable, webhookSecret } from '@thaw/db';
import { insertWebhook } from '@thaw/db/queries/alert/insert-webhook';
import { rotateSecret, updateWebhook } from '@thaw/db/queries/alert/update-webhook';
import { startReceiver, type Received, type Receiver } from '@thaw/db/testing-receiver';
import { eq, sql } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { startTestApi, type TestApi } from '../testing';
import { eventually } from '../testing-events';
import { mostAttempts } from './retry';
import { bodies, finish, givenRule, givenRun, givenWebhook, untilHandedOn, untilReceived } from './testing-alerts';

let api: TestApi;
let other: TestApi;
let receiver: Receiver;
beforeAll(async () => {
  api = await startTestApi();
  other = await api.replica();
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => { receiver = await startReceiver(); });
afterEach(() => receiver[Symbol.asyncDispose]());

let projects = 0;
/** A project that tells of failed runs, and a run of it that failed. */
async function givenAlert(format = 'GENERIC', path = '/hook') {
  const project = `delivery ${projects++}`;
  const webhook = await givenWebhook(api, receiver, { project, format, path });
  await givenRule(api, { project, kind: 'RUN_FAILED', name: 'Rule <&> @everyone' });
  const runId = await givenRun(api, project, 'run *one* <x>');
  await finish(other, runId, 'FAILED');
  return { project, webhook, runId };
}

const fields = 'id status attempts messageId body nextAttempt endedAt webhook { id shownAddress needsAddress previousSecretUntil } alert { text run { id } } log { status error excerpt durationMs }';
const deliveriesOf = async (project: string, filter: object = {}) => (await api.gql(`query ($project: String!, $statuses: [AlertDeliveryStatus!], $webhookId: ID, $runId: ID, $ruleId: ID) { alertDeliveries(project: $project, statuses: $statuses, webhookId: $webhookId, runId: $runId, ruleId: $ruleId) { totalCount nodes { ${fields} } } }`, { project, ...filter })).alertDeliveries;
const only = async (project: string) => (await deliveriesOf(project)).nodes[0];
const untilStatus = (project: string, status: string) => eventually(`it to be ${status}`, async () => (await only(project))?.status === status);
/** The pause after a failed attempt is over. */
const pauseIsOver = (project: string) => api.db.update(alertDelivery).set({ nextAttemptAt: sql`now()` }).where(sql`status = 'PENDING' and webhook_id in (select id from webhook where project_id = (select id from project where name = ${project}))`);

function verify(secret: string, { headers, body }: Received): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}

test('a message is signed as Standard Webhooks says, and its log tells how it went', async () => {
  receiver.answer((response) => response.writeHead(202, { 'content-type': 'text/plain' }).end(`thanks${'!'.repeat(5000)}`));
  const { project, webhook, runId } = await givenAlert();
  const [message] = await untilReceived(receiver, 1);
  expect(verify(webhook.secret, message!)).toMatchObject({ type: 'run.failed', data: { run: { id: runId } } });
  expect(() => verify(webhook.secret, { ...message!, body: message!.body.replace('run.failed', 'run.passed') })).toThrow('signature');
  expect(message!.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': expect.stringContaining('thaw') });
  await untilStatus(project, 'DELIVERED');
  expect(await only(project)).toMatchObject({
    attempts: 1, messageId: message!.headers['webhook-id'], body: message!.body, nextAttempt: null, endedAt: expect.any(String),
    webhook: { shownAddress: `${receiver.url}/hook`, needsAddress: false }, alert: { text: 'failed: an error', run: { id: runId } },
  });
  expect((await only(project)).log).toEqual([{ status: 202, error: null, excerpt: `thanks${'!'.repeat(994)}`, durationMs: expect.any(Number) }]);
  expect(receiver.received).toHaveLength(1);
});

test('Slack and Discord are sent what they show, with nobody called by a run\'s name', async () => {
  await givenAlert('SLACK');
  await givenAlert('DISCORD');
  await untilReceived(receiver, 2);
  const [slack, discord] = ['text', 'content'].map((field) => receiver.received.map(({ body }) => JSON.parse(body)).find((body) => field in body));
  expect(slack).toEqual({ text: expect.stringMatching(/^\*Rule &lt;&amp;&gt; @everyone\*: <http:\/\/127\.0\.0\.1:\d+\/p\/delivery%20\d+\/runs\/[0-9a-f-]{36}\|run \*one\* &lt;x&gt;> failed: an error$/) });
  expect(discord).toEqual({ content: expect.stringMatching(/^\*\*Rule \\<&\\> \\@everyone\*\*: \[run \\\*one\\\* \\<x\\>\]\(http:/), allowed_mentions: { parse: [] } });
});

test('a receiver that fails is tried eight times with the same message, then the message is given up, and sent again by hand', async () => {
  receiver.answer((response) => response.writeHead(500).end('out of order'));
  const { project, webhook } = await givenAlert();
  for (let attempt = 1; attempt < mostAttempts; attempt++) {
    await eventually(`attempt ${attempt}`, async () => (await only(project))?.log.length === attempt);
    const { status, nextAttempt, attempts } = await only(project);
    const seconds = (Date.parse(nextAttempt) - Date.now()) / 1000;
    expect([status, attempts]).toEqual(['PENDING', attempt]);
    expect(seconds).toBeGreaterThan(5 ** attempt * 0.8 - 5);
    expect(seconds).toBeLessThan(5 ** attempt * 1.2);
    await pauseIsOver(project);
  }
  await untilStatus(project, 'DEAD');
  const dead = await only(project);
  expect(dead.log).toHaveLength(mostAttempts);
  expect(dead.log.at(-1)).toMatchObject({ status: 500, excerpt: 'out of order', error: expect.stringContaining('200 to 299') });
  receiver.answer((response) => response.writeHead(204).end());
  const { redeliverAlert } = await api.gql('mutation ($id: ID!) { redeliverAlert(id: $id) { delivery { status attempts } userErrors { message } } }', { id: dead.id });
  expect(redeliverAlert).toEqual({ delivery: { status: 'PENDING', attempts: 0 }, userErrors: [] });
  await untilStatus(project, 'DELIVERED');
  expect(receiver.received).toHaveLength(mostAttempts + 1);
  expect(new Set(receiver.received.map(({ headers, body }) => `${headers['webhook-id']} ${body}`)).size).toBe(1);
  for (const message of receiver.received) verify(webhook.secret, message);
  expect((await deliveriesOf(project, { statuses: ['DEAD', 'PENDING'] })).nodes).toEqual([]);
  expect((await deliveriesOf(project, { webhookId: webhook.id, statuses: ['DELIVERED'] })).totalCount).toBe(1);
  expect((await deliveriesOf(project, { runId: 'nonsense' })).totalCount).toBe(0);
});

test('a receiver that is gone for good, or asks for time, gets its way', async () => {
  receiver.answer((response) => response.writeHead(429, { 'retry-after': '600' }).end());
  const { project } = await givenAlert();
  await eventually('the attempt', async () => (await only(project))?.log.length === 1);
  expect(Date.parse((await only(project)).nextAttempt) - Date.now()).toBeGreaterThan(590_000);
  receiver.answer((response) => response.writeHead(410).end());
  await pauseIsOver(project);
  await untilStatus(project, 'DEAD');
  expect((await only(project)).log.at(-1).error).toContain('410');
});

test('redirects are not followed, and a name that leads to a forbidden address is not called', async () => {
  receiver.answer((response, { path }) => (path === '/elsewhere' ? response.writeHead(204).end() : response.writeHead(302, { location: '/elsewhere' }).end()));
  const { project } = await givenAlert();
  await eventually('the attempt', async () => (await only(project))?.log.length === 1);
  expect((await only(project)).log[0]).toMatchObject({ status: 302, error: expect.stringContaining('redirect') });
  expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);

  await using strict = await startTestApi({ THAW_PRIVATE_WEBHOOKS: 'refuse' });
  const create = async (url: string) => (await strict.gql('mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } userErrors { code } } }', { input: { project: 'strict', name: 'receiver', url } })).createWebhook;
  expect((await create(receiver.url)).userErrors).toEqual([{ code: 'ADDRESS_FORBIDDEN' }]);
  const { webhook } = await create(`http://localhost:${new URL(receiver.url).port}/`);
  const { testWebhook } = await strict.gql('mutation ($id: ID!) { testWebhook(id: $id) { delivery { status log { status error } } userErrors { message } } }', { id: webhook.id });
  expect(testWebhook).toEqual({ delivery: { status: 'DEAD', log: [{ status: null, error: expect.stringMatching(/^localhost leads there: .* is a loopback or private address/) }] }, userErrors: [] });
  expect(receiver.received).toHaveLength(1);
});

test('a secret is answered once; after a rotation both sign until the overlap is over', async () => {
  const { project, webhook } = await givenAlert();
  await untilReceived(receiver, 1);
  const rotate = async (overlapHours: number) => (await api.gql('mutation ($id: ID!, $overlapHours: Int!) { rotateWebhookSecret(id: $id, overlapHours: $overlapHours) { secret webhook { previousSecretUntil } userErrors { code } } }', { id: webhook.id, overlapHours })).rotateWebhookSecret;
  const rotated = await rotate(24);
  expect(rotated.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(rotated.secret).not.toBe(webhook.secret);
  expect(Date.parse(rotated.webhook.previousSecretUntil) - Date.now()).toBeGreaterThan(23 * 3600 * 1000);
  const test = async () => {
    const before = receiver.received.length;
    const { testWebhook } = await api.gql('mutation ($id: ID!) { testWebhook(id: $id) { delivery { status alert { id } } userErrors { message } } }', { id: webhook.id });
    expect(testWebhook).toEqual({ delivery: { status: 'DELIVERED', alert: null }, userErrors: [] });
    return receiver.received[before]!;
  };
  const overlapping = await test();
  for (const secret of [webhook.secret, rotated.secret]) expect(verify(secret, overlapping)).toMatchObject({ type: 'webhook.ping', data: { project: { name: project } } });
  await api.db.update(webhookSecret).set({ previousUntil: sql`now()` }).where(eq(webhookSecret.webhookId, webhook.id));
  const later = await test();
  verify(rotated.secret, later);
  expect(() => verify(webhook.secret, later)).toThrow('signature');
  const leaked = await rotate(0);
  const last = await test();
  verify(leaked.secret, last);
  expect(() => verify(rotated.secret, last)).toThrow('signature');
  expect((await rotate(-1)).userErrors).toEqual([{ code: 'INVALID_OVERLAP' }]);
});

test('what fails says neither secret nor address, which would end up in the log', async () => {
  const { webhook } = await givenAlert();
  await api.db.execute(sql`alter table webhook_secret add constraint refuse check (false) not valid`);
  try {
    const target = { address: 'https://example.org/opensesame', shownAddress: 'x', secret: 'whsec_topsecret' };
    const [row] = await api.db.select().from(webhookTable).where(eq(webhookTable.id, webhook.id));
    const attempts = [() => insertWebhook(api.db, { projectId: row!.projectId, name: 'x', format: 'GENERIC', ...target }), () => updateWebhook(api.db, webhook.id, { target }), () => rotateSecret(api.db, webhook.id, target.secret, 1)];
    for (const attempt of attempts) {
      const error = await attempt().then(() => null, (thrown: unknown) => thrown);
      expect(error).toMatchObject({ message: expect.stringContaining('violates check constraint "refuse"') });
      for (const hidden of ['opensesame', 'topsecret', webhook.secret]) expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(hidden);
    }
  } finally {
    await api.db.execute(sql`alter table webhook_secret drop constraint refuse`);
  }
});

test('a webhook that is switched off or deleted is sent nothing, and nothing gathers for it', async () => {
  const { project, webhook } = await givenAlert();
  await untilReceived(receiver, 1);
  await untilStatus(project, 'DELIVERED');
  const { id: delivery } = await only(project);
  const change = (mutation: string) => api.gql(mutation, { id: webhook.id });
  const resend = async () => (await api.gql('mutation ($id: ID!) { redeliverAlert(id: $id) { userErrors { code } } }', { id: delivery })).redeliverAlert.userErrors;
  await change('mutation ($id: ID!) { updateWebhook(input: { id: $id, enabled: false }) { userErrors { message } } }');
  expect(await resend()).toEqual([{ code: 'WEBHOOK_DISABLED' }]);
  const unsent = await givenRun(api, project, 'unsent');
  await finish(api, unsent, 'FAILED');
  await untilHandedOn(api, unsent);
  expect((await api.gql('query ($id: ID!) { run(id: $id) { alerts { text deliveries { id } } } }', { id: unsent })).run).toEqual({ alerts: [{ text: 'failed: an error', deliveries: [] }] });
  await change('mutation ($id: ID!) { deleteWebhook(id: $id) { userErrors { message } } }');
  expect(await resend()).toEqual([{ code: 'WEBHOOK_DELETED' }]);
  expect((await api.gql('query ($project: String!) { webhooks(project: $project) { id } }', { project })).webhooks).toEqual([]);
  await change('mutation ($id: ID!) { restoreWebhook(id: $id) { webhook { id deletedAt enabled } userErrors { message } } }');
  await change('mutation ($id: ID!) { updateWebhook(input: { id: $id, enabled: true }) { userErrors { message } } }');
  await finish(api, await givenRun(api, project, 'sent'), 'FAILED');
  await untilReceived(receiver, 2);
  expect(bodies(receiver).map(({ data }) => data.run.name)).toEqual(['run *one* <x>', 'sent']);
});

test('an attempt that nobody lived to record is made again by another, under the same id', async () => {
  receiver.answer(() => {});
  const { project } = await givenAlert();
  await untilReceived(receiver, 1);
  // Whoever sent it has it in hand, and is silent.
  expect(await only(project)).toMatchObject({ status: 'PENDING', attempts: 1, log: [] });
  receiver.answer((response) => response.writeHead(204).end());
  await pauseIsOver(project);
  await untilStatus(project, 'DELIVERED');
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(receiver.received).toHaveLength(2);
});

test('gc takes old entries of the log, and rules and webhooks that are deleted', async () => {
  const { project, webhook } = await givenAlert();
  await untilStatus(project, 'DELIVERED');
  const gc = async () => (await api.gql('mutation { collectGarbage { deliveries userErrors { message } } }')).collectGarbage;
  expect(await gc()).toEqual({ deliveries: 0, userErrors: [] });
  await api.db.update(alertDelivery).set({ endedAt: sql`now() - interval '31 days'` }).where(eq(alertDelivery.webhookId, webhook.id));
  expect((await api.gql('mutation { collectGarbage(dryRun: true) { deliveries } }')).collectGarbage).toEqual({ deliveries: 1 });
  expect(await gc()).toEqual({ deliveries: 1, userErrors: [] });
  expect((await deliveriesOf(project)).nodes).toEqual([]);
  await api.gql('mutation ($id: ID!) { deleteWebhook(id: $id) { userErrors { message } } }', { id: webhook.id });
  await gc();
  expect((await api.gql('mutation ($id: ID!) { restoreWebhook(id: $id) { userErrors { code } } }', { id: webhook.id })).restoreWebhook.userErrors).toEqual([{ code: 'WEBHOOK_UNKNOWN' }]);
});
