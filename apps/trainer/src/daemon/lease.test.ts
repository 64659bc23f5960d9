import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@thaw/client';
import { now } from '../clocks';
import type { LeaseEnd } from '../messages';
import { Lease, type Command } from './lease';

const claim = { runId: 'r', name: 'r', attempt: 1, leaseToken: 't', leaseSeconds: 30, secondsBefore: 0, memoryBytes: 0 };

/** An API that answers heartbeats with what `answer` gives for the nth. */
async function listening(answer: (beats: number) => object | null) {
  const inputs: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    inputs.push(JSON.parse(body).variables.input);
    const given = answer(inputs.length);
    if (given) response.end(JSON.stringify({ data: { heartbeat: { command: 'CONTINUE', userErrors: [], ...given } } }));
    else response.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = createClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const confirmed: LeaseEnd[] = [];
  const commands: Command[] = [];
  let lost = 0;
  const heard = { inputs, confirmed, commands, get lost() { return lost; } };
  const hold = (everyMs: number) => new Lease({
    client, trainerId: 'me', claim, everyMs,
    onConfirmed: (end) => confirmed.push(end), onCommand: (command) => commands.push(command), onLost: () => { lost++; },
  });
  return {
    heard, hold,
    [Symbol.asyncDispose]: async () => {
      await client.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function until(condition: () => boolean) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a beat confirms the lease from when it was sent, and brings what is wanted', async () => {
  await using api = await listening((beats) => ({ command: beats === 2 ? 'CANCEL' : 'CONTINUE' }));
  const before = now();
  using lease = api.hold(10);
  lease.phase('head');
  await until(() => api.heard.commands.length >= 2);
  expect(api.heard.inputs[0]).toEqual({ trainerId: 'me', runId: 'r', leaseToken: 't', phase: 'head' });
  expect(api.heard.commands.slice(0, 2)).toEqual(['CONTINUE', 'CANCEL']);
  const [first] = api.heard.confirmed;
  expect(first!.monotonicMs).toBeGreaterThanOrEqual(before.monotonicMs + 30_000);
  expect(first!.monotonicMs).toBeLessThanOrEqual(now().monotonicMs + 30_000);
});

test('a phase is told at once, and a beat asked for during another follows it', async () => {
  await using api = await listening(() => ({}));
  using lease = api.hold(3_600_000);
  lease.phase('loading');
  lease.phase('head');
  await until(() => api.heard.inputs.length === 2);
  expect(api.heard.inputs.map(({ phase }) => phase)).toEqual(['loading', 'head']);
});

test('beats that are not answered confirm nothing and are made up for; a refused one says that the lease is lost', async () => {
  await using api = await listening((beats) => (beats < 3 ? null : { userErrors: [{ field: null, message: 'gone', code: 'LEASE_LOST' }] }));
  using lease = api.hold(5);
  lease.beat();
  await until(() => api.heard.lost > 0);
  expect(api.heard).toMatchObject({ confirmed: [], commands: [] });
});
