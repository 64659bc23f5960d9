import { startTestApi, type TestApi } from '../testing';
import { createDataset, createVersion } from '../testing-datasets';
import { picture, upload } from '../testing-files';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  const [one, two] = [await picture(1), await picture(2)];
  // rose/Leaf.png is in validation too
  await createDataset(api, 'garden', { 'train/rose/Leaf.png': one, 'train/rose/b.png': two, 'train/tulip/a.png': await picture(60_000), 'val/rose/copy.png': one, 'val/tulip/z.png': await picture(30_000) });
});
afterAll(() => api[Symbol.asyncDispose]());

const ask = async (fields: string, variables = {}) => (await api.gql(`{ dataset(name: "garden") { version(version: 1) { ${fields} } } }`, variables)).dataset.version;
const paths = async (list: string) => {
  const { pictures } = await ask(`pictures(${list}) { totalCount nodes { path } }`);
  return [pictures.totalCount, ...pictures.nodes.map(({ path }: { path: string }) => path)];
};

test('pictures are found by a part of their path, and any place of the list can be jumped to', async () => {
  expect(await paths('search: "leaf"')).toEqual([1, 'train/rose/Leaf.png']);
  expect(await paths('search: "rose/", split: VAL')).toEqual([1, 'val/rose/copy.png']);
  expect(await paths('search: "100%_"')).toEqual([0]);
  expect(await paths('first: 2, offset: 3')).toEqual([5, 'val/rose/copy.png', 'val/tulip/z.png']);
  await expect(paths('offset: -1')).rejects.toThrow('offset is -1. It must be 0 or more.');
});

test('pictures are looked up by path and by bytes', async () => {
  const sha256 = await upload(api, await picture(1));
  expect((await ask(`lookUp(paths: ["train/tulip/a.png", "train/tulip/none.png"], sha256s: ["${sha256}"]) { path }`)).lookUp.map(({ path }: { path: string }) => path))
    .toEqual(['train/rose/Leaf.png', 'train/tulip/a.png', 'val/rose/copy.png']);
  expect((await ask('lookUp { path }')).lookUp).toEqual([]);
});

test('a picture knows what is the same as it, from either side', async () => {
  const { pictures } = await ask('pictures(search: "rose") { nodes { path duplicates { exact distance leaks picture { path split } } } }');
  const exact = pictures.nodes.map(({ path, duplicates }: { path: string; duplicates: { exact: boolean; leaks: boolean; picture: { path: string } }[] }) => [path, duplicates.filter((each) => each.exact).map((each) => [each.picture.path, each.leaks])]);
  expect(exact).toEqual([['train/rose/Leaf.png', [['val/rose/copy.png', true]]], ['train/rose/b.png', []], ['val/rose/copy.png', [['train/rose/Leaf.png', true]]]]);
});

test('pictures that a run told wrong', async () => {
  const { version } = (await api.gql('{ dataset(name: "garden") { version(version: 1) { id pictures(split: VAL) { nodes { id } } } } }')).dataset;
  const ids = version.pictures.nodes.map(({ id }: { id: string }) => id);
  const { createRun } = await api.gql('mutation { createRun(input: { project: "default", name: "guess", dataset: "garden" }) { run { id } userErrors { message } } }');
  expect(createRun.userErrors).toEqual([]);
  const run = createRun.run.id;
  expect(await paths(`wrongBy: "${run}"`)).toEqual([0]);
  const evaluation = { loss: 1, accuracy: 0.5, classes: ['rose', 'tulip'], predictions: [{ picture: ids[0], label: 0, predicted: 0, confidence: 0.9 }, { picture: ids[1], label: 1, predicted: 0, confidence: 0.8 }] };
  const file = await upload(api, JSON.stringify(evaluation));
  const { logArtifact } = await api.gql('mutation ($input: LogArtifactInput!) { logArtifact(input: $input) { userErrors { message } } }', { input: { runId: run, name: 'evaluation', kind: 'EVALUATION', files: [{ path: 'evaluation.json', sha256: file }] } });
  expect(logArtifact.userErrors).toEqual([]);
  expect(await paths(`wrongBy: "${run}"`)).toEqual([1, 'val/tulip/z.png']);
  await expect(paths('wrongBy: "nobody"')).rejects.toThrow('wrongBy is nobody, which is no run on version 1');
});

test('findings name what is odd', async () => {
  const { findings } = await ask('findings { code severity title message classes count }');
  expect(findings[0]).toMatchObject({ code: 'LEAK_EXACT', severity: 'WARNING', count: 1, title: '1 validation picture is in training too' });
  expect(findings.at(-1)).toMatchObject({ code: 'TINY_PICTURES', count: 5, message: expect.stringContaining('The smallest is 8 pixels') });
});

test('whoever changes what they looked at is told that it is no longer the latest', async () => {
  await createDataset(api, 'busy', { 'train/a/1.png': await picture(11), 'train/a/2.png': await picture(12), 'train/b/1.png': await picture(13), 'val/a/1.png': await picture(14), 'val/b/1.png': await picture(15) });
  const change = { onlyOnto: 1, remove: ['train/a/2.png'] };
  const [one, two] = await Promise.all([createVersion(api, 'busy', change), createVersion(api, 'busy', { onlyOnto: 1, relabel: [{ path: 'train/a/1.png', split: 'VAL' }] })]);
  const [made, refused] = one.version ? [one, two] : [two, one];
  expect(made).toMatchObject({ userErrors: [], version: { version: 2 } });
  expect(refused).toMatchObject({ version: null, userErrors: [{ field: 'onlyOnto', code: 'VERSION_CONFLICT', message: expect.stringContaining('somebody made another version meanwhile. Nothing was changed.') }] });
  expect((await createVersion(api, 'busy', change)).userErrors[0].message).toContain('is at version 2, not 1');
});

test('an older version is changed while none came after the one that was the latest', async () => {
  await createDataset(api, 'older', { 'train/a/1.png': await picture(21), 'train/a/2.png': await picture(22), 'train/b/1.png': await picture(23), 'val/a/1.png': await picture(24), 'val/b/1.png': await picture(25) });
  await createVersion(api, 'older', { relabel: [{ path: 'train/a/2.png', label: 'b' }] });
  const change = { baseVersion: 1, onlyOnto: 2, remove: ['train/a/2.png'] };
  expect(await createVersion(api, 'older', change)).toMatchObject({ userErrors: [], version: { version: 3, parent: { version: 1 }, classes: [{ name: 'a', trainCount: 1 }, { name: 'b', trainCount: 1 }] } });
  expect(await createVersion(api, 'older', change)).toMatchObject({ version: null, userErrors: [{ code: 'VERSION_CONFLICT', message: expect.stringContaining('is at version 3, not 2') }] });
  const atOnce = await Promise.all([1, 2].map((baseVersion) => createVersion(api, 'older', { baseVersion, onlyOnto: 3, remove: ['train/a/2.png'] })));
  expect(atOnce.map(({ version }) => version?.version ?? null).sort()).toEqual([4, null]);
});

test('of many digests the ones that are not stored are told', async () => {
  const stored = await upload(api, 'some bytes');
  const unknown = 'f'.repeat(64);
  const missing = async (sha256s: string[]) => (await api.gql('query ($sha256s: [String!]!) { missingBlobs(sha256s: $sha256s) }', { sha256s })).missingBlobs;
  expect(await missing([stored, unknown, unknown])).toEqual([unknown]);
  expect(await missing([])).toEqual([]);
  await expect(missing(['F00'])).rejects.toThrow('which is no sha256: 64 lower-case');
  await expect(missing(new Array(1001).fill(unknown))).rejects.toThrow('at most 1000 may be asked for at once');
});
