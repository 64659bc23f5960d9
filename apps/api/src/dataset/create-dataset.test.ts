import { mkdtemp, writeFile } from 'node:fs/promises';
import { dataset, datasetVersion, picture as pictureTable } from '@thaw/db';
import { startTestApi, type TestApi } from '../testing';
import { makeZip, picture, twoClasses, upload } from '../testing-files';
import { openZip } from './zip-source';

let api: TestApi;
beforeAll(async () => void (api = await startTestApi()));
afterAll(() => api[Symbol.asyncDispose]());

const mutation = `mutation ($input: CreateDatasetInput!) { createDataset(input: $input) {
  dataset { id name project { name } latestVersion { version digest trainCount valCount splitSeed classes { name trainCount valCount } skipped { path reason } } }
  skipped { path reason } warnings userErrors { field code message }
} }`;
const create = async (input: object) => (await api.gql(mutation, { input })).createDataset;
const fromZip = async (name: string, zip: Buffer, input: object = {}) => create({ name, zip: await upload(api, zip), ...input });
const fromFiles = async (name: string, files: Record<string, Uint8Array>, input: object = {}) =>
  create({ name, files: await Promise.all(Object.entries(files).map(async ([path, bytes]) => ({ path, sha256: await upload(api, bytes) }))), ...input });
const rowCounts = async () => Promise.all([api.db.$count(dataset), api.db.$count(datasetVersion), api.db.$count(pictureTable)]);

/** The input is refused with these codes, and no row of it is there afterwards. */
async function expectRefused(answer: Promise<{ dataset: unknown; userErrors: { code: string; message: string }[] }>, ...expected: [code: string, message: RegExp][]) {
  const before = await rowCounts();
  const { dataset: made, userErrors } = await answer;
  expect({ made, codes: userErrors.map(({ code }) => code) }).toEqual({ made: null, codes: expected.map(([code]) => code) });
  expected.forEach(([, message], index) => expect(userErrors[index]!.message).toMatch(message));
  expect(await rowCounts()).toEqual(before);
}

/** A name that zip writers refuse to write, put in place of one of the same length. */
const renamed = (zip: Buffer, from: string, to: string) => Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');

test('a zip and the same files one by one make the same dataset, split by the seed', async () => {
  const entries = await twoClasses(10);
  const zipped = await fromZip('zipped', await makeZip(Object.fromEntries(Object.entries(entries).map(([name, bytes]) => [`pets/${name}`, bytes]))), { seed: 3 });
  expect(zipped).toMatchObject({ userErrors: [], warnings: [], skipped: [] });
  expect(zipped.dataset).toMatchObject({ name: 'zipped', project: { name: 'default' }, latestVersion: { version: 1, trainCount: 16, valCount: 4, splitSeed: 3, classes: [{ name: 'cat', trainCount: 8, valCount: 2 }, { name: 'dog', trainCount: 8, valCount: 2 }] } });
  const listed = await fromFiles('listed', entries, { seed: 3, project: 'pets' });
  expect(listed.dataset).toMatchObject({ project: { name: 'pets' }, latestVersion: { digest: zipped.dataset.latestVersion.digest } });
  expect((await fromFiles('other seed', entries, { seed: 4 })).dataset.latestVersion.digest).not.toBe(zipped.dataset.latestVersion.digest);
});

test('its pictures are paged, filtered, and lead to their bytes', async () => {
  const query = `query ($split: Split, $label: String, $first: Int!, $after: String) { dataset(name: "zipped") { latestVersion { pictures(split: $split, label: $label, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id path split label width height url sha256 } } } } }`;
  const page = async (variables: object) => (await api.gql(query, variables as Record<string, unknown>)).dataset.latestVersion.pictures;
  const first = await page({ first: 15 });
  const second = await page({ first: 15, after: first.pageInfo.endCursor });
  expect([first.totalCount, first.pageInfo.hasNextPage, second.nodes.length, second.pageInfo.hasNextPage]).toEqual([20, true, 5, false]);
  expect(new Set([...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id)).size).toBe(20);
  const dogs = await page({ first: 100, split: 'VAL', label: 'dog' });
  expect(dogs.totalCount).toBe(2);
  expect(dogs.nodes).toEqual([expect.objectContaining({ split: 'VAL', label: 'dog', width: 12, height: 8 }), expect.objectContaining({ path: expect.stringMatching(/^dog\/\d\.png$/) })]);
  expect((await fetch(api.url + dogs.nodes[0].url)).headers.get('content-type')).toBe('image/webp');
  expect((await api.post({ query, variables: { first: 1, label: 'cow' } })).body.errors[0].message).toContain('cat, dog');
});

test('a picture that does not decode is skipped, counted and named', async () => {
  const entries = await twoClasses(4);
  const broken = { ...entries, 'cat/text.jpg': Buffer.from('hello'), 'dog/half.png': entries['dog/0.png']!.subarray(0, 40), 'readme.txt': Buffer.from('hi') };
  for (const answer of [await fromZip('broken zip', await makeZip(broken)), await fromFiles('broken files', broken)]) {
    expect(answer.userErrors).toEqual([]);
    expect(answer.skipped).toEqual([
      { path: 'cat/text.jpg', reason: expect.stringContaining('does not decode as a picture') },
      { path: 'dog/half.png', reason: expect.stringContaining('does not decode as a picture') },
      { path: 'readme.txt', reason: expect.stringContaining('not a picture') },
    ]);
    expect(answer.dataset.latestVersion).toMatchObject({ trainCount: 6, valCount: 2, skipped: answer.skipped });
  }
});

test.each([
  ['xx/evil.png', '../evil.png', /entry "\.\.\/evil\.png" leaves its folder/],
  ['x/evil.png', '//evil.png', /entry "\/\/evil\.png" is absolute/],
  ['xx/evil.png', '..\\evil.png', /backslash/],
  ['xx/evil.png', 'C:/evil.png', /drive letter/],
])('a zip with %s called %s is refused whole', async (plain, evil, message) => {
  const zip = renamed(await makeZip({ ...(await twoClasses(3)), [plain]: await picture(9) }), plain, evil);
  await expectRefused(fromZip('evil', zip), ['PATH_ESCAPES', message]);
});

test('a zip with a symbolic link, with a password, or that is none is refused whole', async () => {
  const entries = await twoClasses(3);
  await expectRefused(fromZip('evil', await makeZip({ ...entries, 'cat/link.png': { bytes: Buffer.from('/etc/passwd'), mode: 0o120777 } })), ['PATH_ESCAPES', /"cat\/link\.png" is a symbolic link/]);
  const locked = await makeZip(entries);
  // General purpose flags in the central directory, whose records start with PK\1\2.
  for (let at = locked.indexOf('PK\u0001\u0002', 0, 'latin1'); at !== -1; at = locked.indexOf('PK\u0001\u0002', at + 4, 'latin1')) locked[at + 8]! |= 1;
  const { userErrors } = await fromZip('evil', locked);
  expect(userErrors[0]).toMatchObject({ code: 'ZIP_ENCRYPTED', message: expect.stringContaining('without a password') });
  await expectRefused(fromZip('evil', Buffer.from('PK but no zip at all')), ['NOT_A_ZIP', /Zip the folder again/]);
});

test('a zip that unpacks to too much is refused before it is unpacked', async () => {
  const store = { path: () => file } as never;
  const folder = await mkdtemp(`${api.home}/zip-`);
  const file = `${folder}/bomb.zip`;
  await writeFile(file, await makeZip({ 'a/1.png': Buffer.alloc(5_000_000), 'b/1.png': Buffer.alloc(10) }));
  const codes = async (limits: object) => {
    const opened = await openZip(store, '', { entries: 10, entrySize: 6_000_000, totalSize: 6_000_000, ...limits });
    if (opened.ok) opened.source.close();
    return opened.ok ? [] : opened.problems.map(({ message }) => message);
  };
  expect(await codes({})).toEqual([]);
  expect(await codes({ entrySize: 1_000_000 })).toEqual([expect.stringContaining('"a/1.png" takes 5000000 bytes')]);
  expect(await codes({ totalSize: 1_000_000 })).toEqual([expect.stringContaining('would take 5000010 bytes')]);
  expect(await codes({ entries: 1 })).toEqual([expect.stringContaining('more than 1 entries')]);
});

test('classes that cannot be learnt are refused, all at once', async () => {
  const cat = await picture(1);
  const dog = await picture(2);
  await expectRefused(fromZip('bad', await makeZip({ 'train/cat/1.png': cat, 'train/dog/1.png': dog, 'train/cow/': Buffer.alloc(0), 'val/cat/1.png': cat, 'val/emu/1.png': dog })),
    ['EMPTY_CLASS', /"cow".*no pictures/], ['VAL_CLASS_NOT_IN_TRAIN', /"emu".*"cat", "cow", "dog"/]);
  await expectRefused(fromFiles('bad', { 'cat/1.png': cat, 'dog/1.png': dog }, { emptyFolders: ['cow'], valFraction: 2 }), ['INVALID_VAL_FRACTION', /valFraction is 2/], ['EMPTY_CLASS', /"cow"/]);
  await expectRefused(fromFiles('bad', { 'cat/1.png': cat, 'cat/2.png': dog }), ['ONE_CLASS', /only one class, "cat"/]);
  await expectRefused(fromFiles('bad', { 'cat/1.png': cat, 'cat/2.png': dog, 'dog/1.png': Buffer.from('x') }), ['EMPTY_CLASS', /its only picture does not decode/]);
  await expectRefused(create({ name: 'bad', files: [{ path: 'cat/1.png', sha256: 'f'.repeat(64) }] }), ['MISSING_BLOB', /"cat\/1\.png".*POST \/blobs/]);
  await expectRefused(create({ name: 'bad', zip: 'f'.repeat(64) }), ['MISSING_BLOB', /POST \/blobs/]);
  await expectRefused(create({ name: 'bad', zip: '../x' }), ['MISSING_BLOB', /POST \/blobs/]);
  await expectRefused(create({ name: '', project: 'a\nb' }), ['INVALID_NAME', /name/], ['INVALID_NAME', /project/], ['ONE_SOURCE', /either files .* or zip/]);
  expect((await api.gql('{ project(name: "a") { id } datasets { nodes { name } } }')).datasets.nodes.map(({ name }: { name: string }) => name)).not.toContain('bad');
});

test('a name is taken once in a project, even by two imports at the same time', async () => {
  const entries = await twoClasses(3);
  const both = await Promise.all([fromFiles('twice', entries), fromFiles('twice', entries)]);
  expect(both.filter(({ dataset: made }) => made)).toHaveLength(1);
  await expectRefused(fromFiles('twice', entries), ['NAME_TAKEN', /already has a dataset "twice".*another name/]);
  expect((await fromFiles('twice', entries, { project: 'elsewhere' })).userErrors).toEqual([]);
  expect((await api.post({ query: '{ dataset(name: "twice") { id } }' })).body.errors[0].message).toMatch(/default, elsewhere/);
});

test('a picture in training and in validation is a warning', async () => {
  const [cat, dog] = [await picture(1), await picture(2)];
  const { warnings } = await fromFiles('leaky', { 'train/cat/1.png': cat, 'train/dog/1.png': dog, 'val/cat/same.png': cat, 'val/dog/1.png': await picture(3) });
  expect(warnings).toEqual([expect.stringContaining('1 picture is in training and in validation')]);
});
