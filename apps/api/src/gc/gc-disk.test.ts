import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, type Connection } from '@thaw/db';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@thaw/db/embedded';
import { migrate } from '@thaw/db';
import { sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { upload } from '../testing-files';
import { claimNext } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';

// A busy machine is no failure.
jest.setTimeout(180_000);

const folder = mkdtempSync(path.join(tmpdir(), 'thaw-gc-disk-'));
let postgres: EmbeddedPostgres;
let connection: Connection;
let api: TestApi;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ folder, logFile: path.join(folder, 'postgres.log'), durable: false });
  await migrate(postgres.url);
  connection = connect(postgres.url, { onError: () => {} });
  api = await startTestApi({ DATABASE_URL: postgres.url });
});
afterAll(async () => {
  await api?.[Symbol.asyncDispose]();
  await connection?.end();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Bytes on disk, as du counts them. */
function diskUsage(entry: string): number {
  const stat = lstatSync(entry, { throwIfNoEntry: false });
  if (!stat) return 0;
  return stat.blocks * 512 + (stat.isDirectory() ? readdirSync(entry).reduce((sum, name) => sum + diskUsage(path.join(entry, name)), 0) : 0);
}

/** Databases alone: the write-ahead log beside them has a size of its own, which Postgres chooses. */
const used = () => ({ cluster: diskUsage(path.join(folder, 'data/base')), blobs: diskUsage(path.join(api.home, 'blobs')) });
const floats = (count: number, of: (index: number) => number) => Buffer.from(Float64Array.from({ length: count }, (_, index) => of(index)).buffer).toString('base64');

const points = 100_000;
async function givenRun(project: string, batches: number, artifactBytes: number): Promise<string> {
  const { launchRun } = await api.gql('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { message } } }', { input: { dataset: 'flowers', backbone: 'mobile', project } });
  const { runId, leaseToken } = await claimNext(api);
  expect(runId).toBe(launchRun.run.id);
  for (let batch = 0; batch < batches; batch++) {
    const columns = [{ key: 'loss', steps: floats(points, (index) => batch * points + index), values: floats(points, () => Math.random()) }];
    const { logMetrics } = await api.gql('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { accepted userErrors { message } } }', { input: { runId, leaseToken, batchId: `b${batch}`, columns } });
    expect(logMetrics).toEqual({ accepted: points, userErrors: [] });
  }
  const sha256 = await upload(api, randomBytes(artifactBytes));
  const { logArtifact } = await api.gql('mutation ($input: LogArtifactInput!) { logArtifact(input: $input) { userErrors { message } } }', { input: { runId, leaseToken, name: 'model', kind: 'FILE', files: [{ path: 'weights.bin', sha256 }] } });
  expect(logArtifact.userErrors).toEqual([]);
  await api.gql('mutation ($input: SettleRunInput!) { settleRun(input: $input) { userErrors { message } } }', { input: { runId, leaseToken, status: 'FINISHED', endReason: 'COMPLETED' } });
  return runId;
}

/** Every row of every table that a project's deletion leaves, and every file. */
async function fingerprint(keptRun: string): Promise<unknown> {
  const { rows } = await connection.db.execute<{ chunks: string; series: string }>(sql`
    select (select md5(string_agg(chunk::text, '' order by chunk.seq)) from metric_chunk chunk join metric_series on metric_series.id = chunk.series_id where run_id = ${keptRun}) as chunks,
           (select md5(string_agg(series::text, '' order by series.id)) from metric_series series where run_id = ${keptRun}) as series`);
  const { run } = await api.gql('query ($id: ID!) { run(id: $id) { name status config metrics { key count last } artifacts { name files { path sha256 size } } } }', { id: keptRun });
  const bytes = Buffer.from(await (await fetch(`${api.url}/blobs/${run.artifacts[0].files[0].sha256}`)).arrayBuffer());
  return { rows: rows[0], run, artifact: createHash('sha256').update(bytes).digest('hex') };
}

test('deleting a project of five million points and 50 MB of files gives the disk back, and harms nothing else', async () => {
  await givenDataset(connection.db, 'flowers');
  await givenBackbone(connection.db, 'mobile');
  const kept = await givenRun('kept', 3, 1_000_000);
  const before = used();
  for (let run = 0; run < 5; run++) await givenRun('big', 10, 10_000_000);
  // Logged last, so that the end of the table's file is in use.
  const alsoKept = await givenRun('kept', 1, 1_000_000);
  const [first, second] = [await fingerprint(kept), await fingerprint(alsoKept)];
  const full = used();
  expect(full.cluster - before.cluster).toBeGreaterThan(30_000_000);
  expect(full.blobs - before.blobs).toBeGreaterThan(50_000_000);

  const { project } = await api.gql('{ project(name: "big") { id runCount } }');
  expect(project.runCount).toBe(5);
  await api.gql('mutation ($id: ID!) { deleteProject(id: $id) { project { id } } }', { id: project.id });
  const { collectGarbage } = await api.gql('mutation { collectGarbage { runs projects blobs blobBytes databaseBytesBefore databaseBytesAfter notes userErrors { message } } }');
  expect(collectGarbage).toMatchObject({ runs: 5, projects: 1, blobs: 5, blobBytes: 50_000_000, notes: [], userErrors: [] });
  expect(collectGarbage.databaseBytesBefore - collectGarbage.databaseBytesAfter).toBeGreaterThan(30_000_000);

  // Postgres removes emptied files at the next checkpoint.
  await connection.db.execute('checkpoint');
  const after = used();
  expect(after.blobs).toBeLessThan(before.blobs + 2_000_000);
  expect(after.cluster).toBeLessThan(before.cluster + 0.3 * (full.cluster - before.cluster));
  expect([await fingerprint(kept), await fingerprint(alsoKept)]).toEqual([first, second]);
});
