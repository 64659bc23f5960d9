import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@thaw/client';
import { ConsoleLog } from './console-log';

const claim = { runId: 'r', name: 'r', attempt: 1, leaseToken: 't', leaseSeconds: 30, secondsBefore: 0, memoryBytes: 0 };

interface Line { line: number; stream: string; text: string }

/** An API that keeps the lines it is sent; `answer` says how it takes the nth call. */
async function listening(answer: (call: number) => 'taken' | 'away' | 'lease lost') {
  const calls: Line[][] = [];
  let count = 0;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const how = answer(++count);
    if (how === 'away') return response.destroy();
    const userErrors = how === 'taken' ? [] : [{ field: null, message: 'gone', code: 'LEASE_LOST' }];
    if (how === 'taken') calls.push(JSON.parse(body).variables.input.lines);
    response.end(JSON.stringify({ data: { appendLog: { accepted: 0, userErrors } } }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = createClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, retryForMs: Infinity });
  return {
    calls, client,
    get lines() { return calls.flat(); },
    [Symbol.asyncDispose]: async () => {
      await client.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('lines arrive in order and numbered, in few calls, with their stream and their colours', async () => {
  await using api = await listening((call) => (call === 1 ? 'away' : 'taken'));
  const log = new ConsoleLog(api.client, claim, () => {});
  for (let line = 0; line < 5_000; line++) log.print(line % 2 ? 'STDERR' : 'STDOUT', `\x1b[32m${line}`);
  await log.flush();
  expect(api.calls.length).toBeLessThan(5);
  expect(api.lines.map(({ line, stream, text }) => ({ line, stream, text }))).toEqual(Array.from({ length: 5_000 }, (_, line) => ({ line, stream: line % 2 ? 'STDERR' : 'STDOUT', text: `\x1b[32m${line}` })));
});

test('what does not fit into memory is dropped from its beginning, and how much is said; no number is left out', async () => {
  await using api = await listening(() => 'taken');
  const log = new ConsoleLog(api.client, claim, () => {});
  for (let line = 0; line < 25_000; line++) log.print('STDOUT', String(line));
  await log.flush();
  expect(api.lines[0]).toMatchObject({ line: 0, stream: 'STDERR', text: expect.stringContaining('5000 lines were dropped') });
  expect(api.lines.slice(1).map(({ text }) => text)).toEqual(Array.from({ length: 20_000 }, (_, index) => String(5_000 + index)));
  expect(api.lines.map(({ line }) => line)).toEqual(Array.from({ length: 20_001 }, (_, index) => index));
});

test('a lease that is lost ends the log, not the run', async () => {
  await using api = await listening(() => 'lease lost');
  const refused: string[] = [];
  const log = new ConsoleLog(api.client, claim, (errors) => {
    refused.push(...errors.map(({ code }) => code));
    throw new Error('lost');
  });
  log.print('STDOUT', 'one');
  await log.flush();
  log.print('STDOUT', 'two');
  await log.flush();
  expect(refused).toEqual(['LEASE_LOST']);
});
