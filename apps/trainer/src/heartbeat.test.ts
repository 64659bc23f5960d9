import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Heartbeat } from './heartbeat';

const claim = { runId: 'r', name: 'r', attempt: 1, leaseToken: 't' };

async function listening(answer: (beats: number) => object) {
  const inputs: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    inputs.push(JSON.parse(body).variables.input);
    response.end(JSON.stringify({ data: { heartbeat: { command: 'CONTINUE', userErrors: [], ...answer(inputs.length) } } }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    inputs,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function beating(url: string, onCancel = () => {}, onLeaseLost = () => {}) {
  return new Heartbeat({ url, trainerId: 'trainer', claim, onCancel, onLeaseLost, everyMs: 50 });
}

test('beats carry claim and phase, and bring the command to cancel', async () => {
  await using api = await listening((beats) => (beats > 2 ? { command: 'CANCEL' } : {}));
  let heartbeat: Heartbeat | undefined;
  await new Promise<void>((resolve) => {
    heartbeat = beating(api.url, resolve);
    heartbeat.phase('head');
  });
  heartbeat![Symbol.dispose]();
  expect(api.inputs.at(-1)).toEqual({ trainerId: 'trainer', runId: 'r', leaseToken: 't', phase: 'head' });
});

test('a lost lease is told', async () => {
  await using api = await listening(() => ({ userErrors: [{ field: null, message: 'gone', code: 'LEASE_LOST' }] }));
  let heartbeat: Heartbeat | undefined;
  await new Promise<void>((resolve) => { heartbeat = beating(api.url, () => {}, resolve); });
  heartbeat![Symbol.dispose]();
});
