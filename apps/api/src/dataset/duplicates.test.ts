import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { duplicatePicture, picture as pictureTable } from '@thaw/db';
import { eq } from 'drizzle-orm';
import pino from 'pino';
import sharp from 'sharp';
// Real pictures live beside the checkout; the kit that finds them is no project of its own.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { flowers, sharedData, testWith } from '../../../../test/kit/shared-data';
import { BlobStore } from '../blob/blob-store';
import { startTestApi, type TestApi } from '../testing';
import { createDataset, createVersion } from '../testing-datasets';
import { picture } from '../testing-files';
import { hashOldVersions } from './hash-old-versions';

let api: TestApi;
beforeAll(async () => void (api = await startTestApi()));
afterAll(() => api[Symbol.asyncDispose]());

const query = `query ($name: String!, $leaksOnly: Boolean, $first: Int!, $after: String) { dataset(name: $name) { latestVersion { warnings duplicateCounts { exact near leaks }
  duplicates(leaksOnly: $leaksOnly, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { exact distance leaks first { path split } second { path split url } } } } } }`;
const read = async (name: string, variables: object = {}) => (await api.gql(query, { name, first: 100, ...variables })).dataset.latestVersion;
const paths = (version: { duplicates: { nodes: { first: { path: string }; second: { path: string } }[] } }) => version.duplicates.nodes.map(({ first, second }) => `${first.path} = ${second.path}`);

/** A picture with structure, another for every seed. */
const pattern = (seed: number) => {
  const wave = (x: number, y: number, channel: number) => 128 + 60 * Math.sin((x * (1 + (seed % 3)) + y * seed) / 19 + channel) + 60 * Math.cos((y * (2 + (seed % 5)) - x * seed) / 31);
  const pixels = Buffer.from(Array.from({ length: 200 * 200 * 3 }, (_, at) => wave(Math.floor(at / 3) % 200, Math.floor(at / 600), at % 3)));
  return sharp(pixels, { raw: { width: 200, height: 200, channels: 3 } }).png().toBuffer();
};
const patterns = async () => ({ 'train/a/1.png': await pattern(1), 'train/a/2.png': await pattern(2), 'train/b/1.png': await pattern(3), 'val/a/1.png': await pattern(4), 'val/b/1.png': await pattern(5) });

test('exact and near duplicates are found, across the splits they are leaks and warnings', async () => {
  const clean = await createDataset(api, 'alike', await patterns());
  expect(clean).toMatchObject({ warnings: [], version: { warnings: [], duplicateCounts: { exact: 0, near: 0, leaks: 0 } } });
  const one = await pattern(1);
  const made = await createVersion(api, 'alike', { files: { 'val/a/copy.png': one, 'val/a/small.jpg': await sharp(one).resize(100).jpeg({ quality: 50 }).toBuffer(), 'train/a/bright.png': await sharp(one).linear(1.1).png().toBuffer() } });
  expect(made.version.duplicateCounts).toEqual({ exact: 1, near: 5, leaks: 4 });
  expect(made.warnings).toEqual([expect.stringContaining('1 picture is in training and in validation, byte for byte'), expect.stringContaining('1 validation picture looks nearly the same as one in training')]);
  expect(made.version.warnings).toEqual(made.warnings);
  const all = await read('alike');
  expect(all.duplicates.totalCount).toBe(6);
  expect(paths(all)).toEqual(['train/a/1.png = train/a/bright.png', 'train/a/1.png = val/a/copy.png', 'train/a/1.png = val/a/small.jpg', 'train/a/bright.png = val/a/copy.png', 'train/a/bright.png = val/a/small.jpg', 'val/a/copy.png = val/a/small.jpg']);
  expect(all.duplicates.nodes[1]).toMatchObject({ exact: true, distance: 0, leaks: true, first: { split: 'TRAIN' }, second: { split: 'VAL' } });
  // Without the copies it is clean again.
  expect((await createVersion(api, 'alike', { remove: ['val/a/copy.png', 'val/a/small.jpg'] })).version).toMatchObject({ warnings: [], duplicateCounts: { exact: 0, near: 1, leaks: 0 } });
});

test('pairs are paged, leaks alone too, and a cursor that was tampered with is refused', async () => {
  const files: Record<string, Buffer> = {};
  for (let index = 0; index < 8; index++) files[`${index % 2 ? 'train' : 'val'}/a/${index}.png`] = await picture(5);
  await createDataset(api, 'paged', { ...files, 'train/b/1.png': await picture(8) });
  const whole = paths(await read('paged'));
  expect(whole).toHaveLength(3 + 4 + 3);
  const pagedThrough: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await read('paged', { first: 3, after });
    pagedThrough.push(...paths(page));
    if (!page.duplicates.pageInfo.hasNextPage) break;
    after = page.duplicates.pageInfo.endCursor;
  }
  expect(pagedThrough).toEqual(whole);
  const leaks = (await read('paged', { leaksOnly: true })).duplicates;
  expect(leaks.totalCount).toBe(4);
  expect(leaks.nodes.map((node: { leaks: boolean }) => node.leaks)).toEqual([true, true, true, true]);
  const cursor = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
  for (const after of ['', 'x', cursor(['a', 'b']), cursor([1]), cursor([1, -2]), cursor([1, 2 ** 31]), cursor([1.5, 2]), cursor({}), cursor([null, null])]) {
    const { body } = await api.post({ query, variables: { name: 'paged', first: 3, after } });
    expect({ after, code: body.errors?.[0]?.extensions.code }).toEqual({ after, code: 'BAD_USER_INPUT' });
  }
});

test('the same picture under two classes is told as a conflict of labels, in one split or two', async () => {
  const one = await picture(31);
  const files = { 'train/dandelion/1.png': one, 'train/roses/1.png': one, 'train/tulips/1.png': await picture(32), 'val/dandelion/1.png': await picture(33), 'val/roses/1.png': await picture(34), 'val/tulips/1.png': await picture(35) };
  const made = await createDataset(api, 'conflict', files);
  expect(made).toMatchObject({ warnings: [expect.stringContaining('under two classes')], version: { duplicateCounts: { exact: 1, leaks: 0 } } });
  const list = `{ dataset(name: "conflict") { latestVersion { duplicateCounts { conflicts } findings { code title classes count }
    conflicts: duplicates(kind: CONFLICT) { totalCount nodes { first { path label } second { path label } } } within: duplicates(kind: WITHIN_SPLIT) { totalCount } leaks: duplicates(kind: LEAK) { totalCount } all: duplicates { totalCount } } } }`;
  const { latestVersion } = (await api.gql(list)).dataset;
  expect(latestVersion).toMatchObject({
    duplicateCounts: { conflicts: 1 }, conflicts: { totalCount: 1, nodes: [{ first: { label: 'dandelion' }, second: { label: 'roses' } }] },
    within: { totalCount: 1 }, leaks: { totalCount: 0 }, all: { totalCount: 1 },
  });
  expect(latestVersion.findings).toContainEqual({ code: 'LABEL_CONFLICT', title: 'The same picture under two classes: dandelion and roses', classes: ['dandelion', 'roses'], count: 1 });
  await createVersion(api, 'conflict', { files: { 'val/tulips/2.png': one } });
  const later = (await api.gql(list)).dataset.latestVersion;
  expect(later).toMatchObject({ conflicts: { totalCount: 2 }, within: { totalCount: 1 }, all: { totalCount: later.within.totalCount + later.leaks.totalCount } });
  expect(later.findings).toContainEqual(expect.objectContaining({ code: 'LABEL_CONFLICT', title: expect.stringContaining('pairs of the same picture'), classes: ['dandelion', 'roses', 'tulips'] }));
});

test('a version from before hashes were kept is compared in the background, or when the next one is made', async () => {
  const before = await createDataset(api, 'old', { ...(await patterns()), 'val/b/copy.png': await pattern(3) });
  const [hashed] = await Promise.all([api.db.select().from(pictureTable).where(eq(pictureTable.versionId, before.version.id)).orderBy(pictureTable.position)]);
  await api.db.update(pictureTable).set({ perceptualHash: null }).where(eq(pictureTable.versionId, before.version.id));
  await api.db.delete(duplicatePicture).where(eq(duplicatePicture.versionId, before.version.id));
  expect(await read('old')).toMatchObject({ duplicateCounts: null, warnings: [], duplicates: { totalCount: 0 } });
  expect((await createVersion(api, 'old', { remove: ['train/a/2.png'] })).version.duplicateCounts).toEqual({ exact: 1, near: 0, leaks: 1 });

  const services = { db: api.db, blobs: await BlobStore.open(api.home, api.db), log: pino({ level: 'silent' }), signal: new AbortController().signal };
  // Two servers at once, as after an upgrade of several.
  await Promise.all([hashOldVersions(services), hashOldVersions(services)]);
  expect(await api.db.select().from(pictureTable).where(eq(pictureTable.versionId, before.version.id)).orderBy(pictureTable.position)).toEqual(hashed);
  const { dataset } = await api.gql('{ dataset(name: "old") { version(version: 1) { duplicateCounts { exact near leaks } warnings } } }');
  expect(dataset.version).toEqual({ duplicateCounts: { exact: 1, near: 0, leaks: 1 }, warnings: before.warnings });
});

testWith({ 'real pictures': sharedData })('flowers have no duplicates among them, and a planted one is found', async () => {
  const files: Record<string, Buffer> = {};
  for (const split of ['train', 'val']) {
    for (const name of ['daisy', 'tulips']) {
      const folder = path.join(flowers, split, name);
      for (const file of readdirSync(folder).slice(0, 20)) files[`${split}/${name}/${file}`] = readFileSync(path.join(folder, file));
    }
  }
  expect(await createDataset(api, 'flowers', files)).toMatchObject({ warnings: [], version: { duplicateCounts: { exact: 0, near: 0, leaks: 0 } } });
  const [source] = Object.keys(files);
  const planted = await sharp(files[source!]).resize(120).modulate({ brightness: 1.1 }).jpeg({ quality: 50 }).toBuffer();
  const made = await createVersion(api, 'flowers', { files: { 'val/daisy/planted.jpg': planted } });
  expect(made.version.duplicateCounts).toEqual({ exact: 0, near: 1, leaks: 1 });
  expect(paths(await read('flowers', { leaksOnly: true }))).toEqual([`${source} = val/daisy/planted.jpg`]);
}, 60_000);
