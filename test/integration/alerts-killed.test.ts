import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '@thaw/db/testing';
import { startReceiver } from '@thaw/db/testing-receiver';
import { Webhook } from 'standardwebhooks';
import { uuidv7 } from 'uuidv7';
import { findFreePort } from '@thaw/db/embedded';
import { eventually, type Program, startApi } from './programs';

const runs = 15;
/** Messages (by their number) that are taken, but whose sender does not live to hear of it. */
const deadly = new Set([4, 17]);

interface Answer { userErrors: unknown[]; secret: string }

/** Two API processes on one database, both killed while a message is out: whoever sent it is dead. */
test('whatever is killed when, each alert is raised once and arrives, again only under its own id', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'thaw-alerts-'));
  const database = await createTestDatabase();
  const receiver = await startReceiver();
  const ports = [await findFreePort(null), await findFreePort(null)];
  let programs: Program[] = [];
  const start = async () => {
    programs = await Promise.all(ports.map((port) => startApi({ port, databaseUrl: database.url, home })));
  };

  /** As clients do: at any server that answers, until one does. Everything asked here may be asked twice. */
  const ask = async (query: string, input: object): Promise<Answer> =>
    eventually(query, async () => {
      for (const port of ports) {
        const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { input } }) }).then((answer) => answer.json(), () => null);
        if (!response) continue;
        expect(response).not.toHaveProperty('errors');
        const [answer] = Object.values((response as { data: Record<string, Answer> }).data);
        expect(answer!.userErrors).toEqual([]);
        return answer;
      }
      return null;
    });

  try {
    await start();
    const { secret } = await ask('mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { secret userErrors { message } } }', { project: 'p', name: 'receiver', url: receiver.url });
    for (const rule of [{ kind: 'RUN_FAILED' }, { kind: 'METRIC_CROSSED', key: 'loss', direction: 'ABOVE', threshold: 1 }]) {
      await ask('mutation ($input: CreateAlertRuleInput!) { createAlertRule(input: $input) { userErrors { message } } }', { project: 'p', name: rule.kind, ...rule });
    }
    let restarted = Promise.resolve();
    receiver.answer((response) => {
      if (!deadly.delete(receiver.received.length)) return void response.writeHead(204).end();
      restarted = restarted.then(async () => {
        await Promise.all(programs.map((program) => program.end('SIGKILL')));
        await start();
      });
    });
    const ids = Array.from({ length: runs }, () => uuidv7());
    for (const [number, id] of ids.entries()) {
      await ask('mutation ($input: CreateRunInput!) { createRun(input: $input) { userErrors { message } } }', { id, project: 'p', name: `run ${number}` });
      await ask('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { userErrors { message } } }', { runId: id, batchId: 'one', columns: [{ key: 'loss', steps: [1, 2, 3], values: [0.5, 2, 3], times: [1, 2, 3] }] });
      await ask('mutation ($input: FinishRunInput!) { finishRun(input: $input) { userErrors { message } } }', { id, status: 'FAILED' });
    }
    await eventually('every alert to be delivered', async () => {
      await restarted;
      // What a dead process had in hand is free at once, not only when its lease has run out.
      await database.pool.query("update alert_delivery set next_attempt_at = now() where status = 'PENDING' and attempts > 0 and next_attempt_at < now() + interval '22 seconds'");
      const { rows } = await database.pool.query<{ total: string }>("select count(*) as total from alert_delivery where status = 'DELIVERED'");
      return Number(rows[0]!.total) === runs * 2;
    });

    const messages = receiver.received.map(({ headers, body }) => {
      const { type, data } = new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string; data: { run: { id: string } } };
      return { id: headers['webhook-id'] as string, about: `${type} ${data.run.id}` };
    });
    const expected = ids.flatMap((id) => [`run.failed ${id}`, `metric.crossed ${id}`]).sort();
    expect([...new Map(messages.map(({ id, about }) => [id, about])).values()].sort()).toEqual(expected);
    // What was taken without anybody living to note it has come again.
    expect(deadly.size).toBe(0);
    expect(messages.length).toBeGreaterThan(expected.length);
  } finally {
    await Promise.all(programs.map((program) => program.end('SIGTERM')));
    await receiver[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  }
}, 180_000);
