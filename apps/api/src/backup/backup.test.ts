import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { logLine } from '@thaw/db';
import { blobsLock, withLock } from '@thaw/db/queries/with-lock';
import { sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { twoClasses, upload } from '../testing-files';
import { claimNext } from '../testing-queue';
import { givenBackbone } from '../testing-rows';

let source: TestApi;
/** Of the source, while nobody writes. */
let backup: Buffer;
let queued: string;
let training: { runId: string; leaseToken: string };
beforeAll(async () => {
  source = await startTestApi();
  await givenInstallation(source);
  backup = await takeBackup(source);
});
afterAll(() => source[Symbol.asyncDispose]());

const errors = 'userErrors { code message }';
const launch = async (api: TestApi, input: object): Promise<string> => (await api.gql(`mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } ${errors} } }`, { input: { dataset: 'pets', backbone: 'mobile', ...input } })).launchRun.run.id;
const log = async (api: TestApi, run: { runId: string; leaseToken: string }, batchId: string, values: unknown[], key = 'loss') =>
  (await api.gql(`mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { accepted ${errors} } }`, { input: { ...run, batchId, columns: [{ key, steps: values.map((_, index) => index), values }] } })).logMetrics;

/** A bit of everything. */
async function givenInstallation(api: TestApi): Promise<void> {
  await givenBackbone(api.db, 'mobile');
  const files = await Promise.all(Object.entries(await twoClasses(5)).map(async ([file, bytes]) => ({ path: file, sha256: await upload(api, bytes) })));
  const { createDataset } = await api.gql(`mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { ${errors} } }`, { input: { name: 'pets', project: 'home', files } });
  expect(createDataset.userErrors).toEqual([]);
  await launch(api, { project: 'home', tags: ['a "quoted", {tag}'], notes: 'über\nalles\t\\N' });
  const first = await claimNext(api);
  const lease = { runId: first.runId, leaseToken: first.leaseToken };
  expect(await log(api, lease, 'b1', [1, 'NaN', 'Infinity', '-Infinity', 0.1 + 0.2, -0, 5e-324])).toMatchObject({ accepted: 7 });
  for (const bytes of [Buffer.alloc(0), randomBytes(100_000), randomBytes(500_000)]) {
    const sha256 = await upload(api, bytes);
    const { logArtifact } = await api.gql(`mutation ($input: LogArtifactInput!) { logArtifact(input: $input) { ${errors} } }`, { input: { ...lease, name: `file ${bytes.length}`, kind: 'FILE', files: [{ path: 'data.bin', sha256 }] } });
    expect(logArtifact.userErrors).toEqual([]);
  }
  await api.db.insert(logLine).values(Array.from({ length: 500 }, (_, line) => ({ runId: first.runId, claim: 1, line, stream: 'STDOUT' as const, at: new Date(), text: `line ${line} \u001b[31m${'red '.repeat(2500)}\u001b[0m` })));
  await api.gql(`mutation ($input: SettleRunInput!) { settleRun(input: $input) { ${errors} } }`, { input: { ...lease, status: 'FINISHED', endReason: 'COMPLETED' } });
  await launch(api, { project: 'home', name: 'in training' });
  training = await claimNext(api);
  training = { runId: training.runId, leaseToken: training.leaseToken };
  await log(api, training, 'b1', [0.5]);
  queued = await launch(api, { project: 'elsewhere', name: 'waits' });
  const gone = await launch(api, { project: 'elsewhere', name: 'deleted' });
  await api.gql(`mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) { ${errors} } }`, { ids: [gone] });
  // An upload that nothing refers to is no part of a backup.
  await upload(api, randomBytes(10_000));
}

async function takeBackup(api: TestApi): Promise<Buffer> {
  const response = await fetch(`${api.url}/backup`, { headers: { 'x-thaw': 'backup' } });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-tar']);
  return Buffer.from(await response.arrayBuffer());
}
async function restore(api: TestApi, file: Uint8Array): Promise<{ status: number; body: { error?: { code: string; message: string }; rows?: Record<string, number>; blobs?: number } }> {
  const response = await fetch(`${api.url}/restore`, { method: 'POST', headers: { 'content-type': 'application/x-tar' }, body: file as Uint8Array<ArrayBuffer> });
  return { status: response.status, body: (await response.json()) as { error?: { code: string; message: string } } };
}

/** A digest of each table's rows, without what a restore is meant to change. */
async function digests(api: TestApi): Promise<Record<string, string>> {
  const { rows: tables } = await api.db.execute<{ name: string }>(sql`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`);
  const result: Record<string, string> = {};
  for (const { name } of tables) {
    const where = name === 'blob' ? sql`where referenced` : sql``;
    const ignored = name === 'run' ? sql`array['changed_in', 'status', 'trainer_id', 'lease_token', 'lease_expires_at', 'phase', 'counts_from', 'worked_seconds']` : name === 'backbone' ? sql`array['updated_at']` : name === 'blob' ? sql`array['created_at']` : name === 'run_claim' ? sql`array['ended_at', 'outcome', 'reason']` : sql`array[]::text[]`;
    const { rows } = await api.db.execute<{ digest: string }>(sql`select count(*) || ' ' || coalesce(md5(string_agg(content, '' order by content)), '') as digest from (select (to_jsonb(t) - ${ignored})::text as content from ${sql.identifier(name)} t ${where}) rows`);
    result[name] = rows[0]!.digest;
  }
  return result;
}
const filesOf = (api: TestApi) => readdirSync(path.join(api.home, 'blobs'), { recursive: true, encoding: 'utf8' }).filter((file) => /[0-9a-f]{64}$/.test(file)).sort();

test('a restored installation is the one that was backed up, row for row and byte for byte, and works on', async () => {
  await using target = await startTestApi();
  const restored = await restore(target, backup);
  expect(restored).toMatchObject({ status: 200, body: { rows: { run: 4, picture: 10, log_line: 500 } } });
  expect(await digests(target)).toEqual(await digests(source));
  const { rows: blobs } = await source.db.execute<{ sha256: string }>(sql`select sha256 from blob where referenced`);
  for (const { sha256 } of blobs) {
    const bytes = Buffer.from(await (await fetch(`${target.url}/blobs/${sha256}`)).arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  const curve = 'query ($id: ID!) { metricSeries(runIds: [$id]) { key count points } }';
  const [{ id: finished }] = (await target.gql('{ runs(filter: { status: FINISHED }) { nodes { id } } }')).runs.nodes;
  expect(await target.gql(curve, { id: finished })).toEqual(await source.gql(curve, { id: finished }));

  // What a trainer had is queued again; its old lease is void, and the queue goes on.
  expect(await log(target, training, 'b2', [1])).toMatchObject({ accepted: 0, userErrors: [{ code: expect.stringMatching(/LEASE_LOST|RUN_/) }] });
  const claims = [await claimNext(target), await claimNext(target)];
  expect(claims.map(({ runId }) => runId).sort()).toEqual([training.runId, queued].sort());
  // New keys, series and chunks get numbers of their own.
  for (const { runId, leaseToken } of claims) expect(await log(target, { runId, leaseToken }, 'new', [3, 2, 1], 'a new key')).toMatchObject({ accepted: 3, userErrors: [] });
  const again = await launch(target, { project: 'home' });
  expect((await claimNext(target)).runId).toBe(again);
  expect((await target.gql('mutation { collectGarbage { runs blobs notes userErrors { code } } }')).collectGarbage).toMatchObject({ runs: 1, blobs: 0, notes: [], userErrors: [] });
  // Which makes it an installation in use.
  expect(await restore(target, backup)).toMatchObject({ status: 409, body: { error: { code: 'NOT_EMPTY', message: expect.stringMatching(/4 runs.*another THAW_HOME/) } } });
});

test('a backup taken while others write is of one moment: no batch is in it by half, and none that was answered before is missing', async () => {
  await using writer = await startTestApi();
  await givenInstallation(writer);
  const stop = new AbortController();
  const answered: string[] = [];
  const write = async (lane: number) => {
    for (let batch = 0; !stop.signal.aborted; batch++) {
      const id = `lane ${lane} batch ${batch}`;
      expect(await log(writer, training, id, Array.from({ length: 100 }, (_, index) => batch * 100 + index), `lane ${lane}`)).toMatchObject({ accepted: 100 });
      answered.push(id);
      if (batch % 5 === 0) await upload(writer, randomBytes(1000));
      if (batch % 7 === 0) await launch(writer, { project: `new ${lane}` });
    }
  };
  const writing = [write(0), write(1), write(2)];
  while (answered.length < 20) await new Promise((resolve) => setImmediate(resolve));
  const before = [...answered];
  const file = await takeBackup(writer);
  const during = answered.length - before.length;
  stop.abort();
  await Promise.all(writing);
  expect(during).toBeGreaterThan(0);

  await using target = await startTestApi();
  expect(await restore(target, file)).toMatchObject({ status: 200 });
  const { rows: batches } = await target.db.execute<{ id: string; accepted: number }>(sql`select batch_id as id, accepted from metric_batch where batch_id like 'lane %'`);
  const stored = new Set(batches.map(({ id }) => id));
  expect(before.filter((id) => !stored.has(id))).toEqual([]);
  for (const lane of [0, 1, 2]) {
    const own = batches.filter(({ id }) => id.startsWith(`lane ${lane} `)).length;
    // As many points as its batches brought: every one whole.
    const { rows } = await target.db.execute<{ points: string }>(sql`select coalesce(sum(metric_chunk.count), 0) as points from metric_chunk join metric_series on metric_series.id = series_id join key on key.id = key_id where key.name = ${`lane ${lane}`}`);
    expect(Number(rows[0]!.points)).toBe(own * 100);
  }
  const [{ orphans }] = (await target.db.execute<{ orphans: string }>(sql`select count(*) as orphans from run where not exists (select from project where project.id = project_id)`)).rows as [{ orphans: string }];
  expect(Number(orphans)).toBe(0);
});

test('a backup that nobody reads to its end lets go of everything', async () => {
  const reading = new AbortController();
  const { body } = await fetch(`${source.url}/backup`, { headers: { 'x-thaw': 'backup' }, signal: reading.signal });
  expect((await body!.getReader().read()).done).toBe(false);
  reading.abort();
  const gc = async () => (await source.gql('mutation { collectGarbage(olderThanSeconds: 1000000) { userErrors { code } } }')).collectGarbage.userErrors;
  for (let tries = 0; (await gc()).length > 0; tries++) {
    expect(tries).toBeLessThan(100);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect((await source.db.execute(sql`select 1 from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`)).rowCount).toBe(0);
});

/** The same places every time. */
function* places(seed: number, count: number, below: number): Generator<number> {
  for (let index = 0, state = seed; index < count; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield Math.floor((state / 2 ** 32) * below);
  }
}

function withByte(at: number, byte: number): Buffer {
  const file = Buffer.from(backup);
  file[at] = byte;
  return file;
}

test('a backup that is damaged anywhere or cut short is refused, and leaves nothing behind', async () => {
  await using target = await startTestApi();
  const before = [await digests(target), filesOf(target)];
  const spoiled = [
    ...[...places(4, 10, backup.length)].map((at) => ({ what: `byte ${at}`, file: withByte(at, backup[at]! ^ 0x20) })),
    ...[0, 1, 700, Math.floor(backup.length / 2), backup.length - 9000, backup.length - 1024, backup.length - 1].map((size) => ({ what: `cut to ${size}`, file: backup.subarray(0, size) })),
    { what: 'longer by one', file: Buffer.concat([backup, Buffer.alloc(1)]) },
    { what: 'last byte', file: withByte(backup.length - 1, 1) },
  ];
  for (const { what, file } of spoiled) {
    const { status, body } = await restore(target, file);
    expect([what, status, body.error?.code]).toEqual([what, 422, expect.stringMatching(/^(BACKUP_DAMAGED|NOT_A_BACKUP)$/)]);
    expect([await digests(target), filesOf(target)]).toEqual(before);
  }
  expect((await restore(target, Buffer.from('hello'))).body.error).toMatchObject({ message: expect.stringContaining('bytes') });
  // And none of it was in the way of the whole one.
  expect(await restore(target, backup)).toMatchObject({ status: 200 });
});

test('of another schema, with a file lost, without the header: refused with what to do', async () => {
  await using target = await startTestApi();
  await target.db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)`);
  const older = await restore(target, backup);
  expect(older).toMatchObject({ status: 422, body: { error: { code: 'WRONG_SCHEMA', message: expect.stringMatching(/of an older Thaw.*Restore it with that Thaw/) } } });
  expect((await fetch(`${source.url}/backup`)).status).toBe(400);
  expect((await fetch(`${source.url}/restore`, { method: 'POST', body: 'x' })).status).toBe(415);
  await withLock(source.db, blobsLock, async () => {
    expect((await fetch(`${source.url}/backup`, { headers: { 'x-thaw': 'backup' } })).status).toBe(409);
    expect((await restore(source, backup)).body.error).toMatchObject({ code: 'MAINTENANCE_RUNNING' });
  });
  const { sha256 } = (await source.db.execute<{ sha256: string }>(sql`insert into blob (sha256, size, referenced) select md5('a') || md5('b'), 5, true returning sha256`)).rows[0]!;
  await source.db.execute(sql`update backbone set files = ${JSON.stringify([{ path: 'x', sha256, size: 5 }])}::jsonb where name = 'mobile'`);
  const lost = await fetch(`${source.url}/backup`, { headers: { 'x-thaw': 'backup' } });
  expect([lost.status, ((await lost.json()) as { error: { code: string; message: string } }).error]).toEqual([500, { code: 'BLOB_LOST', message: expect.stringContaining(sha256) }]);
  expect(existsSync(path.join(source.home, 'blobs', sha256.slice(0, 2), sha256))).toBe(false);
});
