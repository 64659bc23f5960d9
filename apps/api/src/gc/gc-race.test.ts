import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { artifact, blob, picture } from '@thaw/db';
import { momentBefore } from '@thaw/db/queries/gc/count-deleted';
import { removeDataset } from '@thaw/db/queries/gc/remove-dataset';
import { sql } from 'drizzle-orm';
import { BlobStore } from '../blob/blob-store';
import { startTestApi, type TestApi } from '../testing';
import { picture as makePicture, upload } from '../testing-files';
import { givenClaimedRun } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';
import { sweepBlobs } from './sweep-blobs';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenBackbone(api.db, 'mobile');
  await givenDataset(api.db, 'flowers');
});
afterAll(() => api[Symbol.asyncDispose]());

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const readBlob = (sha256: string) => readFile(path.join(api.home, 'blobs', sha256.slice(0, 2), sha256));
const createDataset = async (name: string, files: { path: string; sha256: string }[]): Promise<{ dataset: { id: string } | null; userErrors: { code: string }[] }> =>
  (await api.gql('mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { id } userErrors { code message } } }', { input: { name, project: 'race', files } })).createDataset;
const deleteDataset = (id: string) => api.gql('mutation ($id: ID!) { deleteDataset(id: $id) { userErrors { message } } }', { id });

test('whoever refers to a file while gc takes files has it, or is told to send it again', async () => {
  const pictures = await Promise.all([0, 1, 2, 3, 4, 5].map((seed) => makePicture(seed)));
  const paths = ['cat/0.png', 'cat/1.png', 'dog/0.png', 'dog/1.png'];
  const { runId, leaseToken } = await givenClaimedRun(api);
  const outcomes: Record<string, number> = {};
  const note = (what: string) => void (outcomes[what] = (outcomes[what] ?? 0) + 1);

  /** The same few pictures over and over: their last dataset is deleted while the next one is made. */
  const importAndDelete = async (worker: number) => {
    for (let round = 0; round < 25; round++) {
      const chosen = paths.map((file, index) => ({ path: file, bytes: pictures[(worker + round + index) % pictures.length]! }));
      // Every other round trusts that the server has them still, as a client that asked before does.
      if (round % 2 === 0) await Promise.all(chosen.map(({ bytes }) => upload(api, bytes)));
      const { dataset, userErrors } = await createDataset(`${worker}-${round}`, chosen.map(({ path: file, bytes }) => ({ path: file, sha256: sha256Of(bytes) })));
      userErrors.forEach(({ code }) => note(code));
      if (!dataset) continue;
      note('imported');
      expect(await api.db.$count(picture, sql`${picture.versionId} = (select id from dataset_version where dataset_id = ${dataset.id})`)).toBe(4);
      for (const { bytes } of chosen) expect((await readBlob(sha256Of(bytes))).equals(bytes)).toBe(true);
      await deleteDataset(dataset.id);
    }
  };
  /** One artifact that is replaced over and over. */
  const logArtifacts = async () => {
    for (let round = 0; round < 60; round++) {
      const bytes = Buffer.from(`artifact ${round % 5}`);
      if (round % 3 > 0) await upload(api, bytes);
      const { logArtifact } = await api.gql('mutation ($input: LogArtifactInput!) { logArtifact(input: $input) { artifact { id } userErrors { code } } }', { input: { runId, leaseToken, name: 'same', kind: 'FILE', files: [{ path: 'file', sha256: sha256Of(bytes) }] } });
      logArtifact.userErrors.forEach(({ code }: { code: string }) => note(code));
      if (logArtifact.artifact) expect((await readBlob(sha256Of(bytes))).equals(bytes)).toBe(true);
    }
  };

  const stop = new AbortController();
  const blobs = await BlobStore.open(api.home, api.db);
  const collect = async () => {
    let taken = 0;
    for (let round = 0; !stop.signal.aborted; round++) {
      // Now and then as if an hour had passed, so that nothing is safe.
      if (round % 4 === 0) await api.db.update(blob).set({ createdAt: sql`now() - interval '2 hours'` }).where(sql`sha256 in (select sha256 from blob order by sha256 for update skip locked)`);
      const before = await momentBefore(api.db, 0);
      for (let last = await removeDataset(api.db, before, null); last; last = await removeDataset(api.db, before, last.id));
      taken += (await sweepBlobs(api.db, blobs, stop.signal)).blobs;
    }
    return taken;
  };
  const collected = collect();
  await Promise.all([importAndDelete(0), importAndDelete(1), importAndDelete(2), importAndDelete(3), logArtifacts()]).finally(() => stop.abort());

  const taken = await collected;
  // Both sides were at work, or the test has shown nothing.
  expect(taken).toBeGreaterThan(10);
  expect(outcomes.imported).toBeGreaterThan(10);
  expect(Object.keys(outcomes).filter((what) => !['imported', 'MISSING_BLOB', 'BLOB_GONE'].includes(what))).toEqual([]);
  const referred = [...(await api.db.select().from(picture)).map(({ sha256 }) => sha256), ...(await api.db.select().from(artifact)).flatMap(({ files }) => files.map(({ sha256 }) => sha256))];
  for (const sha256 of referred) expect(sha256Of(await readBlob(sha256))).toBe(sha256);
});
