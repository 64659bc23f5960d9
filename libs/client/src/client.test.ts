import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from './client';
import { ApiFault, ApiUnreachable } from './failures';
import { CancelRunDocument, ReachDocument, RunQueuedDocument } from './generated/graphql';

/** A server whose answers are the script's, one per request; the last one repeats. */
async function serving(...script: RequestListener[]) {
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume();
    script[Math.min(requests++, script.length - 1)]!(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests: () => requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const reply = (status: number, body: unknown): RequestListener => (_request, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
const hangUp: RequestListener = (request) => void request.socket.destroy();
const fine = reply(200, { data: { __typename: 'Query' } });

async function ask<T>(url: string, body: (client: ReturnType<typeof createClient>) => Promise<T>, retryForMs = 5_000): Promise<T> {
  const client = createClient({ url, retryForMs });
  try {
    return await body(client);
  } finally {
    await client.close();
  }
}

test('a query survives a broken connection, an unavailable server and a fault', async () => {
  await using server = await serving(hangUp, reply(503, { errors: [{ message: 'starting', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }), reply(502, '<html>'), fine);
  await expect(ask(server.url, (client) => client.request(ReachDocument, {}))).resolves.toEqual({ __typename: 'Query' });
  expect(server.requests()).toBe(4);
});

test('a mutation is sent once, unless its caller says it may be repeated', async () => {
  await using server = await serving(hangUp, reply(200, { data: { cancelRun: { run: null, userErrors: [] } } }));
  await expect(ask(server.url, (client) => client.request(CancelRunDocument, { id: '1' }))).rejects.toThrow(ApiUnreachable);
  expect(server.requests()).toBe(1);
  await ask(server.url, (client) => client.request(CancelRunDocument, { id: '1' }, { idempotent: true }));
  expect(server.requests()).toBe(2);
});

test('an error of the caller is thrown at once, with the words of the API', async () => {
  await using server = await serving(reply(400, { errors: [{ message: 'Cannot query field "rnus".', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }));
  const failure = await ask(server.url, (client) => client.request(ReachDocument, {})).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiFault);
  expect(failure).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED', message: 'Cannot query field "rnus".' });
  expect(server.requests()).toBe(1);
});

test('where nothing listens, the error says the address and what to do', async () => {
  const gone = await serving(fine);
  await gone[Symbol.asyncDispose]();
  await expect(ask(gone.url, (client) => client.request(ReachDocument, {}), 200)).rejects.toThrow(/cannot be reached at http:\/\/127.0.0.1:\d+ \(ECONNREFUSED\)\. Start it with `npm start`, or set THAW_URL/);
});

test('where something else listens, the error says so', async () => {
  await using server = await serving(reply(404, '<html>Not here</html>'));
  await expect(ask(server.url, (client) => client.request(ReachDocument, {}))).rejects.toThrow(/not a Thaw API \(HTTP 404: <html>Not here.*Check THAW_URL/);
});

test('a client that is closed while its socket fails to connect closes without an error', async () => {
  await using server = await serving((request) => void setTimeout(() => request.socket.destroy(), 100));
  const client = createClient({ url: server.url });
  client.subscribe(RunQueuedDocument, {}, () => {});
  while (server.requests() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(client.close()).resolves.toBeUndefined();
});
