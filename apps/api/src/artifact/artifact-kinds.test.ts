import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { startTestApi, type TestApi } from '../testing';
import { picture, upload } from '../testing-files';

let api: TestApi;
let runId: string;
beforeAll(async () => {
  api = await startTestApi();
  runId = (await api.gql('mutation { createRun(input: { project: "scripts" }) { run { id } } }')).createRun.run.id;
});
afterAll(() => api[Symbol.asyncDispose]());

const fields = 'id name kind size url text confusionMatrix { classes matrix } table(first: 2, offset: 1) { columns rowCount rows }';
const send = async (input: object) => (await api.gql(`mutation ($input: LogArtifactInput!) { logArtifact(input: $input) { artifact { ${fields} } userErrors { field code message } } }`, { input: { runId, name: 'a', ...input } })).logArtifact;
const log = async (kind: string, path: string, content: Uint8Array | string, more: object = {}) => send({ kind, files: [{ path, sha256: await upload(api, content) }], ...more });
const open = async (url: string) => {
  const response = await fetch(api.url + url);
  return { status: response.status, headers: response.headers, type: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) };
};

test('a table is kept and read back by pages', async () => {
  const table = { columns: ['picture', 'p', 'right'], rows: [['a.png', 0.5, true], ['b.png', 1, false], ['c.png', null, true], ['d', 2, null]] };
  const { artifact, userErrors } = await log('TABLE', 'table.json', JSON.stringify(table), { name: 'predictions' });
  expect(userErrors).toEqual([]);
  expect(artifact).toMatchObject({ name: 'predictions', kind: 'TABLE', text: null, confusionMatrix: null, table: { columns: table.columns, rowCount: 4, rows: table.rows.slice(1, 3) } });
  const { type, bytes } = await open(artifact.url);
  expect(type).toBe('application/json; charset=utf-8');
  expect(JSON.parse(bytes.toString())).toEqual(table);
  const { body } = await api.post({ query: 'query ($id: ID!) { run(id: $id) { artifacts { table(first: 1001) { rowCount } } } }', variables: { id: runId } });
  expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

test('a confusion matrix is kept and read back', async () => {
  const matrix = { classes: ['cat', 'dog'], matrix: [[8, 2], [0.5, 9]] };
  const { artifact } = await log('CONFUSION_MATRIX', 'm.json', JSON.stringify(matrix), { name: 'matrix' });
  expect(artifact).toMatchObject({ kind: 'CONFUSION_MATRIX', table: null, confusionMatrix: matrix });
  const wide = { classes: Array.from({ length: 101 }, (_, index) => `c${index}`), matrix: Array.from({ length: 101 }, () => new Array(101).fill(1)) };
  const large = await log('CONFUSION_MATRIX', 'm.json', JSON.stringify(wide), { name: 'wide' });
  expect(large).toMatchObject({ userErrors: [], artifact: { confusionMatrix: null } });
  expect(JSON.parse((await open(large.artifact.url)).bytes.toString())).toEqual(wide);
});

test('a text is kept; a long one shows its beginning, cut between two characters', async () => {
  const { artifact } = await log('TEXT', 'notes.html', '<script>alert(1)</script> – ok', { name: 'note' });
  expect(artifact).toMatchObject({ kind: 'TEXT', text: '<script>alert(1)</script> – ok' });
  const { type, headers } = await open(artifact.url);
  expect(type).toBe('text/plain; charset=utf-8');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  const long = await log('TEXT', 'long.txt', 'ä'.repeat(60_000).replace('ä', 'x'), { name: 'long' });
  expect(long.artifact.text).toBe(`x${'ä'.repeat(49_999)}`);
  expect((await log('TEXT', 'empty.txt', '', { name: 'empty' })).artifact).toMatchObject({ size: 0, text: '' });
});

test('pictures are served as what they are; an SVG never as a page', async () => {
  const png = await picture(5);
  for (const [bytes, type] of [[png, 'image/png'], [await sharp(png).jpeg().toBuffer(), 'image/jpeg'], [await sharp(png).webp().toBuffer(), 'image/webp'], [await sharp(png).gif().toBuffer(), 'image/gif']] as const) {
    const { artifact, userErrors } = await log('IMAGE', 'picture', bytes, { name: type });
    expect(userErrors).toEqual([]);
    expect(await open(artifact.url)).toMatchObject({ status: 200, type, bytes });
  }
  const svg = '\ufeff<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>\n';
  const { artifact, userErrors } = await log('IMAGE', 'drawing.svg', svg, { name: 'svg' });
  expect(userErrors).toEqual([]);
  const { headers, type } = await open(artifact.url);
  expect(type).toBe('image/svg+xml');
  expect(headers.get('content-disposition')).toContain('attachment');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
});

test.each([
  ['TABLE', 'no JSON', '{', 'INVALID_TABLE', '"x.json"'],
  ['TABLE', 'no columns', '{"rows":[]}', 'INVALID_TABLE', 'columns'],
  ['TABLE', 'a short row', '{"columns":["a","b"],"rows":[[1,2],[1]]}', 'INVALID_TABLE', 'rows.1 has 1 values for 2 columns'],
  ['TABLE', 'an object as a value', '{"columns":["a","b"],"rows":[[1,{}]]}', 'INVALID_TABLE', 'rows.0.1 (column "b")'],
  ['TABLE', 'a row that is none', '{"columns":["a"],"rows":[7]}', 'INVALID_TABLE', 'rows.0 is 7'],
  ['TABLE', 'a nameless column', '{"columns":[1],"rows":[]}', 'INVALID_TABLE', 'columns.0'],
  ['CONFUSION_MATRIX', 'too few rows', '{"classes":["a","b"],"matrix":[[1,2]]}', 'INVALID_CONFUSION_MATRIX', '1 rows for 2 classes'],
  ['CONFUSION_MATRIX', 'a ragged row', '{"classes":["a","b"],"matrix":[[1,2],[3]]}', 'INVALID_CONFUSION_MATRIX', 'matrix.1 has 1 values'],
  ['CONFUSION_MATRIX', 'a negative count', '{"classes":["a"],"matrix":[[-1]]}', 'INVALID_CONFUSION_MATRIX', 'matrix.0.0 is -1'],
  ['CONFUSION_MATRIX', 'null', 'null', 'INVALID_CONFUSION_MATRIX', 'no classes'],
  ['TEXT', 'Latin-1', Buffer.from([0x61, 0x62, 0xe4, 0x63]), 'INVALID_TEXT', 'near byte 3'],
  ['TEXT', 'a cut character', Buffer.from([0x61, 0xc3]), 'INVALID_TEXT', 'UTF-8'],
  ['IMAGE', 'text', 'hello', 'INVALID_IMAGE', 'PNG, JPEG, WebP, GIF or SVG'],
  ['IMAGE', 'HTML', '<!doctype html><html><svg></svg></html>', 'INVALID_IMAGE', 'does not decode'],
  ['IMAGE', 'an SVG cut off', '<svg xmlns="http://www.w3.org/2000/svg"><rect', 'INVALID_IMAGE', 'does not decode'],
])('%s with %s is refused', async (kind, _what, content, code, words) => {
  const { artifact, userErrors } = await log(kind, 'x.json', content);
  expect(artifact).toBeNull();
  expect(userErrors).toMatchObject([{ field: 'files', code }]);
  expect(userErrors[0].message).toContain(words);
  expect(userErrors[0].message).toContain('"x.json"');
});

test('a picture that is cut off is refused', async () => {
  const png = await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red', noise: { type: 'gaussian', mean: 128, sigma: 30 } } }).png().toBuffer();
  expect((await log('IMAGE', 'p.png', png.subarray(0, png.length / 2))).userErrors).toMatchObject([{ code: 'INVALID_IMAGE' }]);
  expect((await log('IMAGE', 'p.tiff', await sharp(png).tiff().toBuffer())).userErrors).toMatchObject([{ code: 'INVALID_IMAGE', message: expect.stringContaining('format tiff') }]);
});

test('a kind of one file takes one; metadata must be storable', async () => {
  const files = [{ path: 'a', sha256: await upload(api, 'a') }, { path: 'b', sha256: await upload(api, 'b') }];
  expect((await send({ kind: 'TEXT', files })).userErrors).toMatchObject([{ code: 'ONE_FILE' }]);
  const { artifact } = await send({ kind: 'FILE', files, name: 'both' });
  expect(artifact).toMatchObject({ url: null, text: null, table: null });
  expect((await open(`/artifacts/${artifact.id}`)).status).toBe(404);
  expect((await open('/artifacts/nope')).status).toBe(404);
  expect((await log('TEXT', 'a', 'a', { metadata: { a: 'x\u0000' } })).userErrors).toMatchObject([{ field: 'metadata.a', code: 'INVALID_TEXT' }]);
  expect((await log('TEXT', 'a\ud800', 'a')).userErrors).toMatchObject([{ code: 'PATH_ESCAPES' }]);
});

test('only a running external run takes artifacts, and without a lease', async () => {
  const other = (await api.gql('mutation { createRun(input: { project: "scripts" }) { run { id } } }')).createRun.run.id;
  const codes = async (more: object) => (await log('TEXT', 'a', 'a', { runId: other, ...more })).userErrors.map(({ code }: { code: string }) => code);
  expect(await codes({ leaseToken: 'any' })).toEqual(['LEASE_LOST']);
  expect(await codes({ runId: randomUUID() })).toEqual(['RUN_UNKNOWN']);
  expect(await codes({})).toEqual([]);
  await api.gql('mutation ($id: ID!) { finishRun(input: { id: $id }) { userErrors { code } } }', { id: other });
  expect(await codes({})).toEqual(['RUN_ENDED']);
  const { run } = await api.gql('query ($id: ID!) { run(id: $id) { artifacts { url } } }', { id: other });
  expect((await open(run.artifacts[0].url)).status).toBe(200);
  await api.gql('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) { userErrors { code } } }', { ids: [other] });
  expect(await codes({})).toEqual(['RUN_DELETED']);
  expect((await open(run.artifacts[0].url)).status).toBe(404);
});
