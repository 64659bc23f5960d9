import WebSocket from 'ws';
import { startTestApi, type TestApi } from '../testing';
import { eventually } from '../testing-events';

interface Message { type: string; id?: string; payload?: unknown }

let api: TestApi;
beforeAll(async () => { api = await startTestApi({ THAW_MAX_SUBSCRIPTIONS: '20', THAW_MAX_CONNECTIONS: '5' }); });
afterAll(() => api[Symbol.asyncDispose]());
afterEach(() => eventually('every subscription to end', () => api.services.live.changes.followers + api.services.live.metrics.followers === 0));

/** A WebSocket at its lowest level, since no client behaves as badly as these tests. */
async function open() {
  const messages: Message[] = [];
  let code: number | undefined;
  const ws = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  ws.on('message', (data) => void messages.push(JSON.parse(String(data))));
  ws.on('close', (reason) => void (code = reason));
  ws.on('error', () => {});
  const send = (message: Message) => ws.send(JSON.stringify(message));
  await new Promise((resolve) => ws.once('open', resolve));
  send({ type: 'connection_init' });
  await eventually('the acknowledgement', () => messages.length === 1);
  const subscribe = (id: string, query = 'subscription { runChanged { id } }', variables?: object) => send({ type: 'subscribe', id, payload: { query, variables } });
  return { ws, messages, send, subscribe, code: () => code, of: (id: string) => messages.filter((message) => message.id === id) };
}

const closed = (ws: WebSocket) => eventually('the close', () => ws.readyState === WebSocket.CLOSED);

test('subscriptions beyond the limit are refused, each with its reason; the others go on, and leaving makes room', async () => {
  const { ws, messages, subscribe, send, of } = await open();
  for (let index = 0; index < 60; index++) subscribe(String(index));
  const refused = () => messages.filter(({ type }) => type === 'error');
  await eventually('forty refusals', () => refused().length === 40);
  expect(refused()[0]).toMatchObject({ payload: [{ message: expect.stringContaining('THAW_MAX_SUBSCRIPTIONS'), extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] });
  await eventually('twenty subscriptions', () => api.services.live.changes.followers === 20);
  send({ type: 'complete', id: '0' });
  subscribe('again');
  await eventually('twenty subscriptions', () => api.services.live.changes.followers === 20);
  expect(of('again')).toEqual([]);
  ws.terminate();
  await closed(ws);
});

test('connections beyond the limit are refused with a status, and closing one makes room', async () => {
  const five = await Promise.all(Array.from({ length: 5 }, open));
  const sixth = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  sixth.on('error', () => {});
  const answer = await new Promise<{ status: number | undefined; body: string }>((resolve) => sixth.on('unexpected-response', (_request, response) => {
    let body = '';
    response.on('data', (part) => void (body += part)).on('end', () => resolve({ status: response.statusCode, body }));
  }));
  expect(answer).toEqual({ status: 503, body: expect.stringContaining('THAW_MAX_CONNECTIONS') });
  five[0]!.ws.terminate();
  await closed(five[0]!.ws);
  let again: Awaited<ReturnType<typeof open>> | undefined;
  await eventually('a free place', async () => Boolean(again ??= await Promise.race([open(), new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 200))])));
  for (const { ws } of [...five, again!]) {
    ws.terminate();
    await closed(ws);
  }
});

test('an operation that is wrong is answered, and the connection goes on', async () => {
  const { ws, subscribe, of } = await open();
  const error = async (id: string) => {
    await eventually(`the answer to ${id}`, () => of(id).length > 0);
    return of(id)[0];
  };
  subscribe('syntax', 'subscription { runChanged {');
  expect(await error('syntax')).toMatchObject({ type: 'error', payload: [{ message: expect.stringContaining('Syntax Error') }] });
  subscribe('unknown', 'subscription { nope }');
  expect(await error('unknown')).toMatchObject({ type: 'error', payload: [{ message: expect.stringContaining('nope') }] });
  subscribe('deep', `${'{ runs '.repeat(6000)}${'}'.repeat(6000)}`);
  expect(await error('deep')).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'QUERY_TOO_LARGE' } }] });
  subscribe('values', 'query ($filter: RunFilter) { runs(filter: $filter) { totalCount } }', { filter: JSON.parse('{"and":['.repeat(60) + '{}' + ']}'.repeat(60)) });
  expect(await error('values')).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'QUERY_TOO_LARGE', limit: 'inputDepth' } }] });
  subscribe('wide', 'subscription { ...f } fragment f on Subscription { runChanged { ' + Array.from({ length: 61 }, (_, index) => `a${index}: id`).join(' ') + ' } }');
  expect(await error('wide')).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'QUERY_TOO_LARGE', limit: 'aliases' } }] });
  subscribe('fine', '{ __typename }');
  expect(await error('fine')).toEqual({ type: 'next', id: 'fine', payload: { data: { __typename: 'Query' } } });
  ws.terminate();
  await closed(ws);
});

test('a message that is too large, or none of the protocol, closes its connection only', async () => {
  const [large, odd, good] = [await open(), await open(), await open()];
  large.subscribe('large', `subscription { runChanged { id } } # ${'x'.repeat(5 * 1024 * 1024)}`);
  odd.ws.send('no JSON');
  await Promise.all([closed(large.ws), closed(odd.ws)]);
  expect([large.code(), odd.code()]).toEqual([1009, 4400]);
  good.subscribe('fine', '{ __typename }');
  await eventually('the answer', () => good.of('fine').length > 0);
  good.ws.terminate();
  await closed(good.ws);
});

test('a client that asks and asks without reading is cut off', async () => {
  const { ws, send } = await open();
  ws.pause();
  let gone = false;
  ws.on('close', () => void (gone = true));
  // Each ping is answered with its own payload.
  const payload = { padding: 'x'.repeat(100_000) };
  await eventually('the end of the connection', async () => {
    for (let index = 0; index < 50 && ws.readyState === WebSocket.OPEN; index++) send({ type: 'ping', payload });
    await new Promise((resolve) => setImmediate(resolve));
    return gone;
  });
});
