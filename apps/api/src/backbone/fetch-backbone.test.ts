import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { backbone, run } from '@thaw/db';
import { findCatalogueEntry } from '@thaw/model-zoo/catalogue/index';
import { eq } from 'drizzle-orm';
import pino from 'pino';
import { BlobStore } from '../blob/blob-store';
import { parseEnv } from '../env';
import { startApi } from '../start-api';
import { startTestApi, type TestApi } from '../testing';
import { givenDataset } from '../testing-rows';
import { download } from './download';
import { mirrored } from './fetch-backbone';
import { type Mirror, startMirror, testWithMobilenet } from './testing-mirror';

let mirror: Mirror;
let api: TestApi;
beforeAll(async () => {
  mirror = await startMirror();
  api = await startTestApi({ THAW_CATALOGUE_MIRROR: mirror.url });
  await givenDataset(api.db, 'flowers');
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await mirror[Symbol.asyncDispose]();
});
beforeEach(async () => {
  for (const name of Object.keys(mirror.mishaps)) delete mirror.mishaps[name];
  mirror.asked.clear();
});

const name = 'mobilenet_v1_0.25_224';
const fields = 'name status source digest fetchDone fetchTotal fetchError parameters files { path sha256 size }';
const read = async () => (await api.gql(`{ backbone(name: "${name}") { ${fields} } }`)).backbone;
const launch = async () => (await api.gql(`mutation { launchRun(input: { dataset: "flowers", backbone: "${name}" }) { run { id status } userErrors { message } } }`)).launchRun.run;
const fetchIt = async () => (await api.gql(`mutation { fetchBackbone(name: "${name}") { backbone { ${fields} } userErrors { code message } } }`)).fetchBackbone;

async function until(status: string) {
  for (let attempt = 0; attempt < 400; attempt++) {
    const row = await read();
    if (row.status === status) return row;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Never ${status}: ${JSON.stringify(await read())}`);
}

test('the built-in backbone is there at once, with its files; the others wait to be asked for', async () => {
  const { backbones } = await api.gql('{ backbones { name status source licence address inputSize preprocessing architecture featureLayer blocks { name firstLayer } files { path sha256 } } }');
  const digits = backbones.find((each: { name: string }) => each.name === 'digits');
  expect(digits).toMatchObject({ status: 'READY', source: 'BUILT_IN', inputSize: 28, licence: 'MIT' });
  for (const { sha256 } of digits.files) expect((await fetch(`${api.url}/blobs/${sha256}`, { method: 'HEAD' })).status).toBe(200);
  const mobile = backbones.find((each: { name: string }) => each.name === name);
  expect(mobile).toMatchObject({ status: 'ABSENT', source: 'CATALOGUE', files: [], inputSize: 224, featureLayer: 'conv_pw_13_relu', address: expect.stringMatching(/^https:.*model\.json$/) });
  expect((await api.gql('mutation { fetchBackbone(name: "nope") { userErrors { code message } } }')).fetchBackbone.userErrors).toEqual([{ code: 'BACKBONE_UNKNOWN', message: expect.stringContaining('digits') }]);
});

testWithMobilenet('a file that is not there fails the download and the run that waits, and says what to do', async () => {
  mirror.mishaps['group7-shard1of1'] = (res) => void res.writeHead(404).end();
  const waiting = await launch();
  const { fetchError, files } = await until('FAILED');
  expect(files).toEqual([]);
  expect(fetchError).toMatch(/mobilenet_v1_0\.25_224.*\/group7-shard1of1 answered 404.*THAW_CATALOGUE_MIRROR.*thaw backbone import DIR --name mobilenet_v1_0\.25_224/);
  expect((await api.gql('query ($id: ID!) { run(id: $id) { status endReason error } }', { id: waiting.id })).run).toEqual({ status: 'FAILED', endReason: 'ERROR', error: fetchError });
});

testWithMobilenet('a damaged file is never used', async () => {
  mirror.mishaps['group37-shard1of1'] = (res, bytes) => {
    bytes[1000]! ^= 1;
    return 'send';
  };
  await fetchIt();
  expect((await until('FAILED')).fetchError).toMatch(/not the ones the catalogue knows: their digest is [0-9a-f]{64}, not 917df63a/);
});

testWithMobilenet('a server that errs or dies midway is asked again, and a waiting run can then be claimed', async () => {
  mirror.mishaps['model.json'] = (res, _bytes, attempt) => (attempt === 1 ? void res.writeHead(503).end() : 'send');
  mirror.mishaps['group29-shard1of1'] = (res, bytes, attempt) => {
    if (attempt > 1) return 'send';
    res.writeHead(200, { 'content-length': bytes.length });
    res.write(bytes.subarray(0, 200_000), () => res.destroy());
  };
  const seen: { status: string; fetchDone: number }[] = [];
  const changes = api.subscribe(`subscription { backboneChanged { ${fields} } }`);
  const watching = (async () => {
    for await (const { backboneChanged } of changes) {
      seen.push(backboneChanged);
      if (backboneChanged.status === 'READY') return;
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const queued = await launch();
  expect(queued.status).toBe('QUEUED');
  const { files, fetchDone, fetchTotal, fetchError } = await until('READY');
  await watching;
  expect(files).toHaveLength(56);
  expect([fetchDone, fetchTotal, fetchError]).toEqual([1_951_543, 1_951_543, null]);
  expect([mirror.asked.get('model.json'), mirror.asked.get('group29-shard1of1')]).toEqual([2, 2]);
  expect(seen[0]).toMatchObject({ status: 'FETCHING', fetchDone: 0 });
  expect(seen.at(-1)).toMatchObject({ status: 'READY', fetchDone: 1_951_543 });
  const { registerTrainer } = await api.gql('mutation { registerTrainer(input: { name: "t", backend: "cpu" }) { trainer { id } } }');
  const { claimRun } = await api.gql('mutation ($id: ID!) { claimRun(input: { trainerId: $id }) { run { id } } }', { id: registerTrainer.trainer.id });
  expect(claimRun.run.id).toBe(queued.id);

  mirror.asked.clear();
  expect((await fetchIt()).backbone.status).toBe('READY');
  expect(mirror.asked.size).toBe(0);
});

testWithMobilenet('a download that a restart interrupted is taken up by the next start', async () => {
  await using other = await startTestApi({ THAW_CATALOGUE_MIRROR: mirror.url });
  // As a killed process leaves it.
  await other.db.update(backbone).set({ status: 'FETCHING', files: [], fetchDone: 77 }).where(eq(backbone.name, name));
  const { rows } = await other.db.execute<{ url: string }>('select current_database() as url');
  const url = Object.assign(new URL(process.env.TEST_DATABASE_URL!), { pathname: `/${rows[0]!.url}` }).href;
  await using again = await startApi(parseEnv({ PORT: '0', DATABASE_URL: url, THAW_HOME: other.home, THAW_CATALOGUE_MIRROR: mirror.url }), pino({ level: 'silent' }));
  for (let attempt = 0; ; attempt++) {
    const [row] = await again.services.db.select({ status: backbone.status }).from(backbone).where(eq(backbone.name, name));
    if (row!.status === 'READY') break;
    if (attempt > 200) throw new Error(`still ${row!.status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // Two replicas were there; one of them downloaded.
  expect(mirror.asked.get('model.json')).toBe(1);
  expect(await again.services.db.$count(run)).toBe(0);
});

test('a server that goes silent, and one that is not there, are named with the cause', async () => {
  const silent = createServer((_req, res) => void res.writeHead(200).write('…'));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const options = { blobs: await BlobStore.open(`${api.home}/silent`), signal: new AbortController().signal, onProgress: () => {}, retryAfter: [10], stallAfter: 200 };
  await expect(download(`http://127.0.0.1:${port}/x`, options)).rejects.toThrow(/\/x sent nothing for 0.2 s \(tried 2 times\)/);
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));
  await expect(download(`http://127.0.0.1:${port}/x`, options)).rejects.toThrow(/\/x failed: .*ECONNREFUSED.*\(tried 2 times\)/);
});

test('a row of one weight file, whose digest nobody states, is pinned by its first download', async () => {
  const weights = Buffer.from('what lies there');
  const server = createServer((req, res) => void (req.url === '/timm/resnet18.tv_in1k/resolve/main/model.safetensors' ? res.writeHead(200).end(weights) : res.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await using other = await startTestApi({ THAW_CATALOGUE_MIRROR: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const resnet = async () => (await other.gql('{ backbone(name: "resnet18") { status digest parameters architecture top1 { percent source } picturesPerSecond { native wasm machine } files { path size } } }')).backbone;
  expect(await resnet()).toMatchObject({ status: 'ABSENT', digest: null, architecture: 'timm/resnet18', parameters: 11_689_512, top1: { percent: 69.752, source: expect.stringContaining('timm') } });
  expect((await resnet()).picturesPerSecond).toEqual(findCatalogueEntry('resnet18')!.picturesPerSecond);
  await other.gql('mutation { fetchBackbone(name: "resnet18") { userErrors { message } } }');
  for (let attempt = 0; attempt < 200 && (await resnet()).status !== 'READY'; attempt++) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await resnet()).toMatchObject({ status: 'READY', digest: expect.stringMatching(/^[0-9a-f]{64}$/), files: [{ path: 'model.safetensors', size: weights.length }] });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a mirror replaces scheme and host', () => {
  expect(mirrored('https://a.example/x/model.json')).toBe('https://a.example/x/model.json');
  expect(mirrored('https://a.example/x/model.json', 'http://b:8080')).toBe('http://b:8080/x/model.json');
  expect(mirrored('https://a.example/x/model.json', 'http://b/files/')).toBe('http://b/files/x/model.json');
});
