import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { blob, checkpoint, run } from '@thaw/db';
import { expireLeases } from '@thaw/db/queries/run/expire-leases';
import { blobsLock, withLock } from '@thaw/db/queries/with-lock';
import { eq, sql } from 'drizzle-orm';
import { removeReleased } from '../gc/remove-released';
import { startTestApi, type TestApi } from '../testing';
import { eventually } from '../testing-events';
import { upload } from '../testing-files';
import { givenClaimedRun } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

type Claimed = Awaited<ReturnType<typeof givenClaimedRun>>;
const log = async ({ runId, leaseToken }: Pick<Claimed, 'runId' | 'leaseToken'>, input: object) =>
  (await api.gql('mutation ($input: LogCheckpointInput!) { logCheckpoint(input: $input) { checkpoint { id } userErrors { field message code } } }', { input: { runId, leaseToken, ...input } })).logCheckpoint;
const files = (...sha256s: string[]) => sha256s.map((sha256, index) => ({ path: `part${index}.bin`, sha256 }));
const fresh = () => upload(api, randomBytes(200));
const isStored = (sha256: string) => existsSync(path.join(api.home, 'blobs', sha256.slice(0, 2), sha256));
const gone = (...sha256s: string[]) => eventually('files to go', () => sha256s.every((each) => !isStored(each)));
const epochs = async (runId: string) => (await api.gql('query ($id: ID!) { run(id: $id) { checkpoints { epoch batch best latest size } } }', { id: runId })).run.checkpoints;

test('the best and the latest are kept; files of the others go at once, save those that something still has', async () => {
  const claimed = await givenClaimedRun(api);
  const [shared, a, b, c, d] = [await fresh(), await fresh(), await fresh(), await fresh(), await fresh()];
  await log(claimed, { epoch: 1, best: true, files: files(shared, a) });
  await log(claimed, { epoch: 2, files: files(shared, b) });
  expect(await epochs(claimed.runId)).toMatchObject([{ epoch: 2, best: false, latest: true, size: 400 }, { epoch: 1, best: true, latest: false }]);
  await log(claimed, { epoch: 3, batch: 7, files: files(shared, c) });
  await gone(b);
  expect([shared, a, c].map(isStored)).toEqual([true, true, true]);
  await log(claimed, { epoch: 3, best: true, files: files(d) });
  await gone(shared, a, c);
  expect(await epochs(claimed.runId)).toMatchObject([{ epoch: 3, batch: 0, best: true, latest: true, size: 200 }]);
  expect(await api.db.$count(blob, sql`released_at is not null`)).toBe(0);
});

test('of LATEST one is kept, of ALL every one, also when the run has ended', async () => {
  const claimed = await givenClaimedRun(api);
  await log(claimed, { epoch: 1, best: true, keep: 'ALL', files: files(await fresh()) });
  await log(claimed, { epoch: 2, keep: 'ALL', files: files(await fresh()) });
  expect((await epochs(claimed.runId)).length).toBe(2);
  await log(claimed, { epoch: 3, keep: 'LATEST', files: files(await fresh()) });
  await api.gql('mutation ($input: SettleRunInput!) { settleRun(input: $input) { userErrors { code } } }', { input: { runId: claimed.runId, leaseToken: claimed.leaseToken, status: 'FINISHED', endReason: 'COMPLETED' } });
  expect(await epochs(claimed.runId)).toMatchObject([{ epoch: 3 }]);
  expect(await log(claimed, { epoch: 4, files: files(await fresh()) })).toMatchObject({ checkpoint: null, userErrors: [{ code: 'LEASE_LOST' }] });
});

test('sent again it is the same one; what is wrong with it is told', async () => {
  const claimed = await givenClaimedRun(api);
  const input = { epoch: 1, files: files(await fresh()) };
  expect(await log(claimed, input)).toEqual(await log(claimed, input));
  expect(await api.db.$count(checkpoint, eq(checkpoint.runId, claimed.runId))).toBe(1);
  const wrong = await log(claimed, { epoch: -1, batch: -1, files: [{ path: '../up', sha256: 'f'.repeat(64) }] });
  expect(wrong.userErrors.map(({ code }: { code: string }) => code)).toEqual(['PATH_ESCAPES', 'MISSING_BLOB', 'INVALID_EPOCH', 'INVALID_BATCH']);
  expect((await log({ ...claimed, leaseToken: 'old' }, input)).userErrors).toMatchObject([{ code: 'LEASE_LOST' }]);
});

test('of a checkpoint and the end of its lease at the same moment one comes first, and the other sees it', async () => {
  for (let round = 0; round < 10; round++) {
    const claimed = await givenClaimedRun(api);
    const input = { epoch: 1, files: files(await fresh()) };
    await api.db.update(run).set({ leaseExpiresAt: sql`now() - interval '1 second'` }).where(eq(run.id, claimed.runId));
    const [logged] = await Promise.all([log(claimed, input), expireLeases(api.db)]);
    const stored = await api.db.$count(checkpoint, eq(checkpoint.runId, claimed.runId));
    expect(stored).toBe(logged.checkpoint ? 1 : 0);
    await eventually('the lease to end', async () => (await expireLeases(api.db), (await api.db.$count(run, sql`id = ${claimed.runId} and status = 'QUEUED'`)) === 1));
    expect((await log(claimed, { ...input, epoch: 2 })).userErrors).toMatchObject([{ code: 'LEASE_LOST' }]);
    await api.gql('mutation ($id: ID!) { cancelRun(id: $id) { userErrors { code } } }', { id: claimed.runId });
  }
});

test('while a backup is taken released files wait; afterwards they go', async () => {
  const claimed = await givenClaimedRun(api);
  const old = await fresh();
  await log(claimed, { epoch: 1, files: files(old) });
  await withLock(api.db, blobsLock, async () => {
    await log(claimed, { epoch: 2, keep: 'LATEST', files: files(await fresh()) });
    expect(await removeReleased(api.db, api.services.blobs)).toEqual({ removed: 0, left: 'LOCKED' });
    expect(isStored(old)).toBe(true);
  }, { shared: true, patienceMs: 5_000 });
  await eventually('the file to go', async () => (await removeReleased(api.db, api.services.blobs), !isStored(old)));
});

test('whoever uploads or refers to a file while checkpoints let go of it has it, or is told to send it again', async () => {
  const contents = Array.from({ length: 2 }, (_, index) => Buffer.from(`weights ${index}`));
  const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const outcomes: Record<string, number> = {};
  // Several runs whose checkpoints are made of the same two files, over and over: what one refers to another lets go of.
  const trainOn = async (claimed: Claimed, worker: number) => {
    for (let round = 0; round < 80; round++) {
      const chosen = contents[(worker + round) % contents.length]!;
      if (round % 5 > 0) await upload(api, chosen);
      const { checkpoint: logged, userErrors } = await log(claimed, { epoch: round + 1, keep: 'LATEST', files: files(sha256Of(chosen)) });
      for (const code of logged ? ['logged'] : userErrors.map((each: { code: string }) => each.code)) outcomes[code] = (outcomes[code] ?? 0) + 1;
      if (logged) expect(isStored(sha256Of(chosen))).toBe(true);
    }
    return claimed.runId;
  };
  const claims = [await givenClaimedRun(api), await givenClaimedRun(api), await givenClaimedRun(api)];
  const runIds = await Promise.all(claims.map(trainOn));
  expect(outcomes.logged).toBeGreaterThan(80);
  expect(Object.keys(outcomes).filter((each) => !['logged', 'MISSING_BLOB', 'BLOB_GONE'].includes(each))).toEqual([]);
  for (const runId of runIds) {
    const [kept] = await api.db.select().from(checkpoint).where(eq(checkpoint.runId, runId));
    for (const { sha256 } of kept!.files) expect(isStored(sha256)).toBe(true);
  }
});
