import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient, type Client } from '../client';

const content = Buffer.alloc(300_000, 'thaw');
const sha256 = createHash('sha256').update(content).digest('hex');

let folder: string;
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'thaw-client-')); });
afterEach(() => rm(folder, { recursive: true, force: true }));

async function against<T>(answer: RequestListener, body: (client: Client, log: string[]) => Promise<T>): Promise<T> {
  const log: string[] = [];
  const server = createServer((request, response) => {
    log.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, retryForMs: 3_000 });
  try {
    return await body(client, log);
  } finally {
    await client.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('a file is hashed, asked for, and streamed once', async () => {
  const file = path.join(folder, 'picture.jpg');
  await writeFile(file, content);
  const stored = new Map<string, Buffer>();
  const answer: RequestListener = async (request, response) => {
    if (request.method === 'HEAD') return void response.writeHead(stored.has(sha256) ? 200 : 404).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    expect(request.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-length': '300000' });
    stored.set(sha256, Buffer.concat(chunks));
    response.writeHead(201).end(JSON.stringify({ sha256, size: content.length }));
  };
  await against(answer, async (client, log) => {
    for (let round = 0; round < 2; round++) await expect(client.blobs.upload(file)).resolves.toEqual({ sha256, size: 300_000 });
    expect(log).toEqual([`HEAD /blobs/${sha256}`, `POST /blobs?sha256=${sha256}`, `HEAD /blobs/${sha256}`]);
    expect(stored.get(sha256)!.equals(content)).toBe(true);
  });
});

test('a refusal that comes before the file is sent is told in the words of the API', async () => {
  const answer: RequestListener = (request, response) => {
    if (request.method === 'HEAD') return void response.writeHead(404).end();
    response.writeHead(507, { connection: 'close' }).end(JSON.stringify({ error: { code: 'DISK_FULL', message: 'The disk of the API is full.' } }));
    request.socket.destroySoon();
  };
  const file = path.join(folder, 'large.bin');
  await writeFile(file, Buffer.alloc(30_000_000));
  await against(answer, async (client) => {
    await expect(client.blobs.upload(file)).rejects.toMatchObject({ code: 'DISK_FULL', status: 507, message: expect.stringContaining('The disk of the API is full.') });
  });
});

test('a download that breaks off or arrives damaged is done again; only the whole file gets its name', async () => {
  const target = path.join(folder, 'cache', sha256);
  let round = 0;
  const answer: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-length': content.length });
    round += 1;
    if (round === 1) return void response.write(content.subarray(0, 1000), () => response.destroy());
    response.end(round === 2 ? Buffer.alloc(content.length, 'x') : content);
  };
  await against(answer, async (client) => {
    await client.blobs.download(sha256, target);
    expect(round).toBe(3);
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(await readdir(path.dirname(target))).toEqual([sha256]);
  });
});

test('what the API does not have is not asked for again', async () => {
  await against((_request, response) => void response.writeHead(404).end(), async (client, log) => {
    await expect(client.blobs.download(sha256, path.join(folder, 'x'))).rejects.toMatchObject({ code: 'HTTP_404' });
    expect(log).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });
});
