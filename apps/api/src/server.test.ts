import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import WebSocket from 'ws';
import { startTestApi, type TestApi } from './testing';

let api: TestApi;
let web: Server;

beforeAll(async () => {
  web = createServer((req, res) => res.end(`dashboard at ${req.url} for ${req.headers['x-forwarded-host']}`));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  api = await startTestApi({ THAW_WEB_URL: `http://127.0.0.1:${(web.address() as AddressInfo).port}` });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  web.closeAllConnections();
  web.close();
});

test('healthz answers while the database does', async () => {
  const response = await fetch(`${api.url}/healthz`);
  expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
});

test('what is no API goes to the dashboard; a page that says it is starting when there is none yet', async () => {
  expect(await (await fetch(`${api.url}/runs?x=1`)).text()).toBe(`dashboard at /runs?x=1 for ${new URL(api.url).host}`);
  await using alone = await startTestApi({ THAW_WEB_URL: 'http://127.0.0.1:9' });
  const starting = await fetch(`${alone.url}/`);
  expect([starting.status, await starting.text()]).toEqual([502, expect.stringContaining('dashboard is starting')]);
  await using bare = await startTestApi();
  const nothing = await fetch(`${bare.url}/runs`);
  expect([nothing.status, await nothing.json()]).toMatchObject([404, { error: { code: 'NOT_FOUND' } }]);
});

test('a request that a form of another site could send is refused', async () => {
  const body = JSON.stringify({ query: 'mutation { createProject(input: { name: "evil" }) { project { id } } }' });
  const forged = await fetch(`${api.url}/graphql`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body });
  expect(forged.status).toBe(400);
  const byGet = await fetch(`${api.url}/graphql?query={__typename}`);
  expect(byGet.status).toBe(400);
  expect((await api.gql('{ project(name: "evil") { id } }')).project).toBeNull();
  const asked = await fetch(`${api.url}/graphql?query={__typename}`, { headers: { 'apollo-require-preflight': '1' } });
  expect(await asked.json()).toEqual({ data: { __typename: 'Query' } });
});

test('a WebSocket from a page of another site is refused', async () => {
  const open = (origin: string) => new Promise((resolve) => {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin });
    socket.on('open', () => { socket.close(); resolve('open'); });
    socket.on('unexpected-response', (_req, res) => { resolve(res.statusCode); socket.terminate(); });
    socket.on('error', () => {});
  });
  expect(await open('https://evil.example')).toBe(403);
  expect(await open('null')).toBe(403);
  expect(await open(api.url)).toBe('open');
});

test('a query that is too large is refused over HTTP and WebSocket alike', async () => {
  const query = '{ runs(first: 1000) { nodes { dataset { pictures(first: 1000) { nodes { id } } } } } }';
  expect((await api.post({ query })).body.errors[0]).toMatchObject({ message: expect.stringContaining('cost'), extensions: { code: 'QUERY_TOO_LARGE' } });
  await expect(api.subscribe(query).next()).rejects.toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
});

test('a fault is hidden behind a reference, mistakes in a query are not', async () => {
  await using broken = await startTestApi();
  await broken.db.execute(sql`drop table project cascade`);
  const { body } = await broken.post({ query: '{ projects { nodes { id } } }' });
  expect(body.errors).toMatchObject([{ message: expect.stringMatching(/^Something went wrong on the server.*[0-9a-f]{8}-/), extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  expect(JSON.stringify(body)).not.toMatch(/select|relation|stack/i);
  expect((await api.post({ query: '{ nope }' })).body.errors[0].message).toContain('nope');
});

test('a browser gets the explorer, which asks no other site for anything', async () => {
  const response = await fetch(`${api.url}/graphql`, { headers: { accept: 'text/html' } });
  const page = await response.text();
  expect([response.status, page]).toEqual([200, expect.stringContaining('<div id="explorer">')]);
  expect(page).not.toMatch(/https?:\/\//);
});
