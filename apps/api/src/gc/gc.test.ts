import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { artifact, blob, dataset, datasetVersion, key, logLine, metricBatch, metricChunk, metricSeries, picture, project, run, runParam } from '@thaw/db';
import { blobsLock, gcLock, withLock } from '@thaw/db/queries/with-lock';
import { eq, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { startTestApi, type TestApi } from '../testing';
import { twoClasses, upload } from '../testing-files';
import { claimNext } from '../testing-queue';
import { givenBackbone } from '../testing-rows';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

const gc = async (input: { olderThanSeconds?: number; dryRun?: boolean } = {}) =>
  (await api.gql('mutation ($olderThanSeconds: Int!, $dryRun: Boolean!) { collectGarbage(olderThanSeconds: $olderThanSeconds, dryRun: $dryRun) { runs datasets projects blobs blobBytes databaseBytesBefore databaseBytesAfter notes userErrors { code message } } }', { olderThanSeconds: 0, dryRun: false, ...input })).collectGarbage;
const importPictures = async (name: string, project: string, perClass: number, seed = 0) => {
  const entries = Object.entries(await twoClasses(perClass));
  const files = await Promise.all(entries.map(async ([file, bytes]) => ({ path: file, sha256: await upload(api, Buffer.concat([bytes, Buffer.from(String(seed))])) })));
  const { createDataset } = await api.gql('mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { id } userErrors { code message } } }', { input: { name, project, files } });
  expect(createDataset.userErrors).toEqual([]);
  return { id: createDataset.dataset.id as string, sha256s: files.map(({ sha256 }) => sha256) };
};
/** Trained on the dataset, with metrics, a log and an artifact. */
async function givenFinishedRun(datasetName: string, projectName: string) {
  const { launchRun } = await api.gql('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { message } } }', { input: { dataset: datasetName, project: projectName, backbone: 'mobile', priority: 9 } });
  const { runId, leaseToken } = await claimNext(api);
  expect(runId).toBe(launchRun.run.id);
  const file = await upload(api, randomBytes(1000));
  const answers = await api.gql(
    `mutation ($metrics: LogMetricsInput!, $artifact: LogArtifactInput!, $end: SettleRunInput!) {
      logMetrics(input: $metrics) { accepted userErrors { message } } logArtifact(input: $artifact) { userErrors { message } } settleRun(input: $end) { run { status } userErrors { message } } }`,
    {
      metrics: { runId, leaseToken, batchId: 'one', columns: [{ key: 'loss', steps: [0, 1], values: [1, 'NaN'] }] },
      artifact: { runId, leaseToken, name: 'notes', kind: 'FILE', files: [{ path: 'notes.bin', sha256: file }] },
      end: { runId, leaseToken, status: 'FINISHED', endReason: 'COMPLETED' },
    },
  );
  expect(answers).toMatchObject({ logMetrics: { accepted: 2 }, logArtifact: { userErrors: [] }, settleRun: { run: { status: 'FINISHED' } } });
  await api.db.insert(logLine).values({ runId, claim: 1, line: 0, stream: 'STDOUT', at: new Date(), text: 'hello' });
  return { runId, file };
}
const isStored = async (sha256: string) => [(await api.db.$count(blob, eq(blob.sha256, sha256))) === 1, existsSync(path.join(api.home, 'blobs', sha256.slice(0, 2), sha256))];
const stored = [true, true];
const gone = [false, false];
const perRun = [artifact, logLine, metricBatch, metricChunk, metricSeries, runParam] as const;
const rowsPerRun = () => Promise.all(perRun.map((table) => api.db.$count(table)));
const deleteRuns = (...ids: string[]) => api.gql('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) { userErrors { message } } }', { ids });

test('what is deleted goes for good, with every row and file of it, and nothing else does', async () => {
  const petals = await importPictures('petals', 'p', 3);
  const kept = await givenFinishedRun('petals', 'p');
  const before = await rowsPerRun();
  const doomed = await givenFinishedRun('petals', 'p');
  await deleteRuns(doomed.runId);
  expect(await gc({ olderThanSeconds: 3600 })).toMatchObject({ runs: 0, blobs: 0, userErrors: [], notes: [] });
  expect(await gc({ dryRun: true })).toMatchObject({ runs: 1, datasets: 0, projects: 0, blobs: 1, blobBytes: 1000 });
  expect(await isStored(doomed.file)).toEqual(stored);

  const done = await gc();
  expect(done).toMatchObject({ runs: 1, datasets: 0, projects: 0, blobs: 1, blobBytes: 1000, userErrors: [], notes: [] });
  expect(done.databaseBytesAfter).toBeGreaterThan(1_000_000);
  expect(await rowsPerRun()).toEqual(before);
  expect(await isStored(doomed.file)).toEqual(gone);
  expect(await isStored(kept.file)).toEqual(stored);
  for (const sha256 of petals.sha256s) expect(await isStored(sha256)).toEqual(stored);
  expect((await api.gql('query ($id: ID!) { run(id: $id) { id } }', { id: doomed.runId })).run).toBeNull();
  expect(await gc()).toMatchObject({ runs: 0, blobs: 0 });
});

test('of a dataset that runs name only the name stays; it is not brought back', async () => {
  const leaves = await importPictures('leaves', 'd', 3, 1);
  const { runId } = await givenFinishedRun('leaves', 'd');
  await api.gql('mutation ($id: ID!) { deleteDataset(id: $id) { userErrors { message } } }', { id: leaves.id });
  expect(await gc({ dryRun: true })).toMatchObject({ datasets: 1, blobs: 6 });
  expect(await gc()).toMatchObject({ datasets: 1, blobs: 6, runs: 0, projects: 0 });
  for (const sha256 of leaves.sha256s) expect(await isStored(sha256)).toEqual(gone);
  expect((await api.gql('query ($id: ID!) { run(id: $id) { dataset { version dataset { name } } } }', { id: runId })).run).toEqual({ dataset: { version: 1, dataset: { name: 'leaves' } } });
  const { restoreDataset } = await api.gql('mutation ($id: ID!) { restoreDataset(id: $id) { dataset { id } userErrors { code } } }', { id: leaves.id });
  expect(restoreDataset).toEqual({ dataset: null, userErrors: [{ code: 'DATASET_REMOVED' }] });
  expect(await gc()).toMatchObject({ datasets: 0 });
  // The last run that names it takes the name with it.
  await deleteRuns(runId);
  expect(await gc()).toMatchObject({ runs: 1, datasets: 1 });
  expect(await api.db.$count(datasetVersion, eq(datasetVersion.datasetId, leaves.id))).toBe(0);
});

test('a project goes whole; a dataset of it that a run elsewhere names leaves its name', async () => {
  const stems = await importPictures('stems', 'garden', 3, 2);
  await importPictures('buds', 'garden', 3, 2);
  await givenFinishedRun('stems', 'garden');
  const outside = await givenFinishedRun('stems', 'neighbour');
  const { project: garden } = await api.gql('{ project(name: "garden") { id } }');
  // Made at the moment of the deletion: it belongs to the project all the same.
  await api.gql('mutation ($id: ID!) { deleteProject(id: $id) { project { id } userErrors { message } } }', { id: garden.id });
  await api.db.insert(run).values({ projectId: garden.id, name: 'stray', config: {} });
  expect(await gc()).toMatchObject({ runs: 2, datasets: 2, projects: 0, blobs: 7 });
  expect(await isStored(stems.sha256s[0]!)).toEqual(gone);
  expect(await isStored(outside.file)).toEqual(stored);
  const { restoreProject } = await api.gql('mutation ($id: ID!) { restoreProject(id: $id) { userErrors { code } } }', { id: garden.id });
  expect(restoreProject.userErrors).toEqual([{ code: 'PROJECT_REMOVED' }]);
  await deleteRuns(outside.runId);
  expect(await gc()).toMatchObject({ runs: 1, datasets: 1, projects: 1 });
  expect([await api.db.$count(project, eq(project.id, garden.id)), await api.db.$count(key, eq(key.projectId, garden.id)), await api.db.$count(dataset, eq(dataset.projectId, garden.id))]).toEqual([0, 0, 0]);
});

test('a fresh upload is left to its uploader for an hour, and for another when it is sent again', async () => {
  const bytes = randomBytes(500);
  const sha256 = await upload(api, bytes);
  const age = () => api.db.update(blob).set({ createdAt: sql`now() - interval '61 minutes'` }).where(eq(blob.sha256, sha256));
  expect(await gc()).toMatchObject({ blobs: 0 });
  await age();
  await upload(api, bytes);
  expect(await gc()).toMatchObject({ blobs: 0 });
  expect(await isStored(sha256)).toEqual(stored);
  await age();
  expect(await gc()).toMatchObject({ blobs: 1, blobBytes: 500 });
  expect(await isStored(sha256)).toEqual(gone);
});

test('a file without a row, left by a crash, goes after an hour; who asks for it is told to send it', async () => {
  const bytes = randomBytes(300);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = path.join(api.home, 'blobs', sha256.slice(0, 2), sha256);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  expect((await fetch(`${api.url}/blobs/${sha256}`, { method: 'HEAD' })).status).toBe(404);
  expect(await gc()).toMatchObject({ blobs: 0 });
  utimesSync(file, new Date(), new Date(Date.now() - 3_700_000));
  expect(await gc({ dryRun: true })).toMatchObject({ blobs: 1, blobBytes: 300 });
  expect(await gc()).toMatchObject({ blobs: 1, blobBytes: 300 });
  expect(existsSync(file)).toBe(false);
});

test('one gc at a time, and none while a backup is taken', async () => {
  await withLock(api.db, gcLock, async () => expect((await gc()).userErrors).toMatchObject([{ code: 'GC_RUNNING', message: expect.stringContaining('Wait') }]));
  await withLock(api.db, blobsLock, async () => expect((await gc()).userErrors).toMatchObject([{ code: 'BACKUP_RUNNING' }]), { shared: true });
  expect((await gc()).userErrors).toEqual([]);
  expect((await gc({ olderThanSeconds: -1 })).userErrors).toMatchObject([{ code: 'INVALID_AGE' }]);
});

test('a table that stays in use is vacuumed another time, and gc says so', async () => {
  await api.db.transaction(async (tx) => {
    await tx.execute(sql`lock table ${picture} in row exclusive mode`);
    expect((await gc()).notes).toEqual([]);
    await tx.execute(sql`lock table ${picture} in share update exclusive mode`);
    expect((await gc()).notes).toEqual([expect.stringMatching(/^Table picture could not be vacuumed: others kept it in use for 5 seconds/)]);
  });
});
