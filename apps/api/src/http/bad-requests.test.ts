import { gzipSync } from 'node:zlib';
import { startTestApi, type TestApi } from '../testing';

let api: TestApi;
beforeAll(async () => { api = await startTestApi(); });
afterAll(() => api[Symbol.asyncDispose]());

async function send(body: string | Buffer, { type = 'application/json', ...headers }: Record<string, string> = {}, url = '/graphql', method = 'POST') {
  const response = await fetch(api.url + url, { method, body: method === 'GET' ? undefined : new Uint8Array(Buffer.from(body)), headers: { 'content-type': type, ...headers } });
  const answer = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
  return { status: response.status, code: answer.errors[0]!.extensions.code, message: answer.errors[0]!.message };
}
const query = (text: string, variables?: unknown) => send(JSON.stringify({ query: text, variables }));

test('a body that is too large, compressed or not, is refused with the limit', async () => {
  const large = JSON.stringify({ query: '{ __typename }', variables: { padding: 'x'.repeat(65 * 1024 * 1024) } });
  const refusal = { status: 413, code: 'BODY_TOO_LARGE', message: expect.stringContaining('64 MiB') };
  expect(await send(large)).toEqual(refusal);
  expect(await send(gzipSync(large), { 'content-encoding': 'gzip' })).toEqual(refusal);
});

test('a body that is no request is refused with what one looks like', async () => {
  for (const body of ['{ "query": ', '"text"', 'null', '{}x']) expect(await send(body)).toMatchObject({ status: 400, code: 'INVALID_JSON', message: expect.stringContaining('{ "query":') });
  expect(await send('{}', { 'content-encoding': 'rot13' })).toMatchObject({ status: 415, code: 'INVALID_ENCODING' });
  for (const body of ['{}', '{ "query": 5 }', '{ "query": "{ __typename }", "variables": [] }']) expect(await send(body)).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  expect(await send('[{ "query": "{ __typename }" }, { "query": "{ __typename }" }]')).toMatchObject({ status: 400, message: expect.stringContaining('batching') });
});

test('what a form or a link on another site can send changes nothing', async () => {
  const mutation = 'mutation { createProject(input: { name: "forged" }) { project { id } } }';
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) expect(await send(JSON.stringify({ query: mutation }), { type })).toMatchObject({ status: 400 });
  expect(await send('', { 'apollo-require-preflight': '1' }, `/graphql?query=${encodeURIComponent(mutation)}`, 'GET')).toMatchObject({ status: 405, message: expect.stringContaining('GET') });
  expect((await api.gql('{ project(name: "forged") { id } }')).project).toBeNull();
});

test('what nests too deeply or is too much is refused, not tried', async () => {
  const nested = (levels: number) => '{"and":['.repeat(levels) + '{}' + ']}'.repeat(levels);
  const byFilter = 'query ($filter: RunFilter) { runs(filter: $filter) { totalCount } }';
  const tooLarge = { status: 400, code: 'QUERY_TOO_LARGE' };
  expect(await send(`{ "query": "${byFilter}", "variables": { "filter": ${nested(3000)} } }`)).toMatchObject(tooLarge);
  expect(await query(`{ runs(filter: { and: ${'['.repeat(9000)}${']'.repeat(9000)} }) { totalCount } }`)).toMatchObject(tooLarge);
  expect(await query(`${'{ runs '.repeat(6000)}${'}'.repeat(6000)}`)).toMatchObject(tooLarge);
  expect(await query(`{ ${Array.from({ length: 500 }, (_, index) => `a${index}: __schema { types { name } }`).join(' ')} }`)).toMatchObject(tooLarge);
  expect(await query('query ($no: Boolean!) { ...f @include(if: $no) } fragment f on Query { ' + Array.from({ length: 61 }, (_, index) => `a${index}: __typename`).join(' ') + ' }', { no: false })).toMatchObject(tooLarge);
  expect(await query(`{ __schema { types ${'{ fields { type '.repeat(6)} { name } ${'} }'.repeat(6)} } }`)).toMatchObject({ status: 400, message: expect.stringContaining('introspection depth') });
  expect(await query(`{ __typename ${'@skip(if: false) '.repeat(9000)} }`)).toMatchObject({ status: 400, message: expect.stringContaining('20000 tokens') });
  expect(await query('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }')).toMatchObject({ status: 400, message: expect.stringContaining('within itself') });
});
