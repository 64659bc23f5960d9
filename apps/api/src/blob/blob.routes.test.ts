import { readdirSync } from 'node:fs';
import { get, request } from 'node:http';
import path from 'node:path';
import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { startTestApi, type TestApi } from '../testing';
import { makeZip, picture, upload } from '../testing-files';
import { mountSmallDisk, testOn } from '../testing-small-disk';

let api: TestApi;
const disk = mountSmallDisk(4 * 1024 * 1024);
beforeAll(async () => void (api = await startTestApi()));
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  disk?.remove();
});

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const post = (body: string | Uint8Array<ArrayBuffer>, query = '', type = 'application/octet-stream') => fetch(`${api.url}/blobs${query}`, { method: 'POST', headers: { 'content-type': type }, body });
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

test('bytes come back as they were sent, whole or in part', async () => {
  const bytes = randomBytes(300_000);
  const stored = await post(bytes);
  expect(stored.status).toBe(201);
  expect(await stored.json()).toEqual({ sha256: sha256(bytes), size: 300_000 });

  const whole = await fetch(`${api.url}/blobs/${sha256(bytes)}`);
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'cache-control': 'public, max-age=31536000, immutable', etag: `"${sha256(bytes)}"`,
  });
  const part = await fetch(`${api.url}/blobs/${sha256(bytes)}`, { headers: { range: 'bytes=1000-1999' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe('bytes 1000-1999/300000');
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1000, 2000))).toBe(true);
  expect((await fetch(`${api.url}/blobs/${sha256(bytes)}`, { headers: { range: 'bytes=300000-' } })).status).toBe(416);
  // fetch would add "cache-control: no-cache", which asks for the whole again.
  const status = await new Promise((resolve) => get(`${api.url}/blobs/${sha256(bytes)}`, { headers: { 'if-none-match': `"${sha256(bytes)}"` } }, (answer) => resolve(answer.resume().statusCode)));
  expect(status).toBe(304);
  const head = await fetch(`${api.url}/blobs/${sha256(bytes)}`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '300000']);
});

test('what cannot be stored or found is refused in JSON', async () => {
  expect(await codeOf(await post('x', '', 'text/plain'))).toBe('WRONG_CONTENT_TYPE');
  expect(await codeOf(await post('x', '?sha256=abc'))).toBe('INVALID_SHA256');
  const mismatch = await post('x', `?sha256=${sha256('y')}`);
  expect([mismatch.status, await codeOf(mismatch)]).toEqual([422, 'SHA256_MISMATCH']);
  const absent = await fetch(`${api.url}/blobs/${sha256('nobody sent this')}`);
  expect([absent.status, await codeOf(absent)]).toEqual([404, 'BLOB_NOT_FOUND']);
  expect(await codeOf(await fetch(`${api.url}/blobs/..%2f..%2fetc%2fpasswd`))).toBe('INVALID_SHA256');
  expect((await fetch(`${api.url}/blobs/${sha256('nobody sent this')}`, { method: 'HEAD' })).status).toBe(404);
});

test('an upload that breaks off leaves nothing', async () => {
  await new Promise<void>((resolve) => {
    const sending = request(`${api.url}/blobs`, { method: 'POST', headers: { 'content-type': 'application/octet-stream', 'content-length': 1_000_000 } });
    sending.on('error', () => resolve());
    sending.write(randomBytes(100_000), () => setTimeout(() => sending.destroy(), 100));
  });
  for (let attempt = 0; readdirSync(path.join(api.home, 'blobs/tmp')).length > 0 && attempt < 50; attempt++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(readdirSync(path.join(api.home, 'blobs/tmp'))).toEqual([]);
});

test('pictures are served re-encoded, in the width asked for, never larger than they are', async () => {
  const original = await upload(api, await picture(5, { width: 300, height: 150 }));
  const sizeOf = async (query: string) => {
    const response = await fetch(`${api.url}/pictures/${original}${query}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp']);
    const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    return [width, height];
  };
  expect(await sizeOf('?width=100')).toEqual([100, 50]);
  expect(await sizeOf('?width=1000')).toEqual([300, 150]);
  expect(await sizeOf('')).toEqual([300, 150]);
  expect(await codeOf(await fetch(`${api.url}/pictures/${original}?width=9999999`))).toBe('INVALID_WIDTH');
  const text = await upload(api, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  expect(await codeOf(await fetch(`${api.url}/pictures/${text}`))).toBe('NOT_A_PICTURE');
});

testOn(disk)('a full disk answers 507, keeps nothing, and hides no half-made dataset', async () => {
  await using small = await startTestApi({ THAW_HOME: disk!.folder });
  const entries: Record<string, Buffer> = {};
  for (let index = 0; index < 24; index++) {
    const noise = randomBytes(200 * 200 * 3);
    entries[`${index % 2 === 0 ? 'a' : 'b'}/${index}.png`] = await sharp(noise, { raw: { width: 200, height: 200, channels: 3 } }).png().toBuffer();
  }
  const zip = await upload(small, await makeZip(entries));
  const { createDataset } = await small.gql('mutation ($zip: String!) { createDataset(input: { name: "big", zip: $zip }) { dataset { id } userErrors { field code message } } }', { zip });
  expect(createDataset).toEqual({ dataset: null, userErrors: [{ field: 'zip', code: 'DISK_FULL', message: expect.stringContaining('Free some space') }] });
  expect(await small.gql('{ datasets { totalCount } projects { totalCount } }')).toEqual({ datasets: { totalCount: 0 }, projects: { totalCount: 0 } });

  const refused = await fetch(`${small.url}/blobs`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: randomBytes(8 * 1024 * 1024) });
  expect([refused.status, await codeOf(refused)]).toEqual([507, 'DISK_FULL']);
  expect(readdirSync(path.join(disk!.folder, 'blobs/tmp'))).toEqual([]);
});
