import { startReceiver } from '@thaw/db/testing-receiver';
import { startTestApi, type TestApi } from '../testing';
import { eventually } from '../testing-events';
import { bodies, finish, givenRule, givenRun, givenWebhook, untilHandedOn } from './testing-alerts';

const read = async (api: TestApi) => {
  const { webhooks, alertDeliveries, alertRules } = await api.gql('{ webhooks(project: "p") { id name shownAddress needsAddress lastDelivery { id } } alertDeliveries(project: "p") { nodes { id status } } alertRules(project: "p") { name enabled } }');
  return { webhook: webhooks[0], deliveries: alertDeliveries.nodes, rules: alertRules };
};

test('a backup holds no secret and no address; what is restored sends nothing until it is given them again', async () => {
  await using receiver = await startReceiver();
  await using from = await startTestApi();
  receiver.answer((response) => response.writeHead(503).end());
  const { id, secret } = await givenWebhook(from, receiver, { project: 'p', path: '/hook?token=opensesame' });
  await givenRule(from, { project: 'p', kind: 'RUN_FAILED' });
  await finish(from, await givenRun(from, 'p'), 'FAILED');
  await eventually('an attempt that failed', async () => (await read(from)).deliveries[0]?.status === 'PENDING' && receiver.received.length === 1);

  const response = await fetch(`${from.url}/backup`, { headers: { 'x-thaw': 'backup' } });
  const backup = Buffer.from(await response.arrayBuffer());
  expect(backup.includes('/hook')).toBe(true);
  for (const hidden of [secret, secret.slice('whsec_'.length), 'opensesame']) expect(backup.includes(hidden)).toBe(false);

  await using to = await startTestApi();
  const restored = await fetch(`${to.url}/restore`, { method: 'POST', headers: { 'content-type': 'application/x-tar' }, body: backup });
  expect(await restored.json()).toMatchObject({ rows: { webhook: 1, webhook_secret: 0, alert_rule: 1, alert_delivery: 1 } });
  const before = await read(to);
  expect(before).toMatchObject({ webhook: { needsAddress: true, shownAddress: expect.stringContaining('/hook?…') }, deliveries: [{ status: 'DEAD' }], rules: [{ name: 'on RUN_FAILED', enabled: true }] });
  const failed = await givenRun(to, 'p', 'while there was no address');
  await finish(to, failed, 'FAILED');
  await untilHandedOn(to, failed);
  expect((await to.gql('query ($id: ID!) { run(id: $id) { alerts { text deliveries { id } } } }', { id: failed })).run).toEqual({ alerts: [{ text: 'failed: an error', deliveries: [] }] });
  for (const mutation of ['redeliverAlert(id: $delivery)', 'testWebhook(id: $webhook)', 'rotateWebhookSecret(id: $webhook)']) {
    const [name] = mutation.split('(');
    const answer = await to.gql(`mutation ($${mutation.includes('$delivery') ? 'delivery' : 'webhook'}: ID!) { ${mutation} { userErrors { code } } }`, { delivery: before.deliveries[0].id, webhook: id });
    expect(answer[name!].userErrors).toEqual([{ code: 'ADDRESS_MISSING' }]);
  }

  receiver.answer((reply) => reply.writeHead(204).end());
  const { updateWebhook } = await to.gql('mutation ($id: ID!, $url: String!) { updateWebhook(input: { id: $id, url: $url }) { webhook { needsAddress } secret userErrors { message } } }', { id, url: `${receiver.url}/again` });
  expect(updateWebhook).toEqual({ webhook: { needsAddress: false }, secret: expect.stringMatching(/^whsec_/), userErrors: [] });
  expect(updateWebhook.secret).not.toBe(secret);
  const named = await to.gql('mutation ($id: ID!, $url: String!) { updateWebhook(input: { id: $id, url: $url }) { secret } }', { id, url: `${receiver.url}/again` });
  expect(named.updateWebhook).toEqual({ secret: null });
  await finish(to, await givenRun(to, 'p', 'told'), 'FAILED');
  // The installation it was backed up from goes on trying to deliver its own.
  const told = () => bodies(receiver).map(({ data }) => data.run.name).filter((name) => name !== 'a run');
  await eventually('the message', () => told().length > 0);
  expect(told()).toEqual(['told']);
});
