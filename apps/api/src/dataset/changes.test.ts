import { backbone, datasetVersion, run } from '@thaw/db';
import { eq } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { createDataset, createVersion } from '../testing-datasets';
import { givenBackbone } from '../testing-rows';
import { picture } from '../testing-files';

let api: TestApi;
beforeAll(async () => void (api = await startTestApi()));
afterAll(() => api[Symbol.asyncDispose]());

const one = '{ totalCount nodes { path label split } }';
const two = '{ totalCount nodes { before { path label split sha256 } after { path label split sha256 } } }';
const query = `query ($name: String!, $version: Int!, $against: Int) { dataset(name: $name) { version(version: $version) { changes(against: $against) {
  from { version } to { version } classesAdded classesRemoved classes { name trainBefore trainAfter valBefore valAfter } unchanged
  added ${one} removed ${one} replaced ${two} renamed ${two} relabelled ${two} moved ${two} } } } }`;
const changes = async (version: number, against?: number) => (await api.gql(query, { name: 'pets', version, against })).dataset.version.changes;

beforeAll(async () => {
  await createDataset(api, 'pets', { 'train/cat/1.png': await picture(1), 'train/cat/2.png': await picture(2), 'train/cat/3.png': await picture(3), 'train/dog/1.png': await picture(11), 'train/dog/2.png': await picture(12), 'train/emu/1.png': await picture(21), 'val/cat/1.png': await picture(31), 'val/dog/1.png': await picture(32) });
  await createVersion(api, 'pets', {
    files: { 'train/cat/1.png': await picture(101), 'train/cat/other.png': await picture(2), 'train/bee/1.png': await picture(41), 'train/bee/2.png': await picture(42) },
    remove: ['train/cat/2.png', 'train/emu/1.png'],
    relabel: [{ path: 'train/dog/2.png', label: 'cat', split: 'VAL' }, { path: 'train/bee/2.png', split: 'VAL' }],
  });
  await createVersion(api, 'pets', { relabel: [{ path: 'val/dog/1.png', split: 'TRAIN' }, { path: 'train/dog/1.png', split: 'VAL' }] });
});

test('what was added, removed, replaced, renamed, relabelled and moved, by path and by content', async () => {
  const found = await changes(2);
  expect(found).toMatchObject({
    from: { version: 1 }, to: { version: 2 }, classesAdded: ['bee'], classesRemoved: ['emu'],
    unchanged: 4,
    added: { totalCount: 2, nodes: [{ path: 'train/bee/1.png', label: 'bee', split: 'TRAIN' }, { path: 'train/bee/2.png', label: 'bee', split: 'VAL' }] },
    removed: { totalCount: 1, nodes: [{ path: 'train/emu/1.png', label: 'emu', split: 'TRAIN' }] },
    replaced: { totalCount: 1, nodes: [{ before: { path: 'train/cat/1.png' }, after: { path: 'train/cat/1.png' } }] },
    renamed: { totalCount: 1, nodes: [{ before: { path: 'train/cat/2.png' }, after: { path: 'train/cat/other.png' } }] },
    relabelled: { totalCount: 1, nodes: [{ before: { path: 'train/dog/2.png', label: 'dog' }, after: { label: 'cat' } }] },
    moved: { totalCount: 1, nodes: [{ before: { path: 'train/dog/2.png', split: 'TRAIN' }, after: { split: 'VAL' } }] },
  });
  expect(found.classes).toEqual([
    { name: 'bee', trainBefore: 0, trainAfter: 1, valBefore: 0, valAfter: 1 },
    { name: 'cat', trainBefore: 3, trainAfter: 3, valBefore: 1, valAfter: 2 },
    { name: 'dog', trainBefore: 2, trainAfter: 1, valBefore: 1, valAfter: 1 },
    { name: 'emu', trainBefore: 1, trainAfter: 0, valBefore: 0, valAfter: 0 },
  ]);
  expect(found.replaced.nodes[0].before.sha256).not.toBe(found.replaced.nodes[0].after.sha256);
});

test('any two versions, in either direction; the first has none before it', async () => {
  expect(await changes(1)).toBeNull();
  const [there, back] = [await changes(3, 1), await changes(1, 3)];
  expect(there.moved.totalCount).toBe(3);
  expect([back.added, back.removed]).toEqual([there.removed, there.added]);
  expect(back.classesAdded).toEqual(there.classesRemoved);
  expect(await changes(2, 2)).toMatchObject({ unchanged: 9, added: { totalCount: 0 }, relabelled: { totalCount: 0 }, moved: { totalCount: 0 } });
  const { body } = await api.post({ query, variables: { name: 'pets', version: 2, against: 9 } });
  expect(body.errors[0]).toMatchObject({ message: expect.stringContaining('versions 1 to 3'), extensions: { code: 'BAD_USER_INPUT' } });
});

test('the lists are paged', async () => {
  const page = async (after?: string | null) => (await api.gql('query ($after: String) { dataset(name: "pets") { version(version: 2) { changes { added(first: 1, after: $after) { pageInfo { hasNextPage endCursor } nodes { path } } } } } }', { after })).dataset.version.changes.added;
  const first = await page();
  const second = await page(first.pageInfo.endCursor);
  expect([first.nodes[0].path, first.pageInfo.hasNextPage, second.nodes[0].path, second.pageInfo.hasNextPage]).toEqual(['train/bee/1.png', true, 'train/bee/2.png', false]);
  for (const list of ['pictures(after: "WyJ4Il0") { nodes { id } }', 'pictures(after: "WzJlMzBd") { nodes { id } }', 'changes { moved(after: "WzEsMl0") { nodes { after { id } } } }']) {
    const { body } = await api.post({ query: `{ dataset(name: "pets") { version(version: 2) { ${list} } } }` });
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  }
});

test('a version tells which runs used it', async () => {
  await givenBackbone(api.db, 'tiny');
  const [model] = await api.db.select().from(backbone).where(eq(backbone.name, 'tiny'));
  const launch = (name: string, datasetVersionNumber: number) => api.gql('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { message } } }', { input: { name, dataset: 'pets', datasetVersion: datasetVersionNumber, backbone: model!.name } });
  for (const name of ['one', 'two', 'three']) expect((await launch(name, 2)).launchRun.userErrors).toEqual([]);
  await launch('other', 1);
  const runs = async (after?: string) => (await api.gql('query ($after: String) { dataset(name: "pets") { versions { version runCount runs(first: 2, after: $after) { totalCount nodes { name } pageInfo { endCursor hasNextPage } } } } }', { after })).dataset.versions;
  const [, second, first] = await runs();
  expect(first.runs).toMatchObject({ totalCount: 1, nodes: [{ name: 'other' }] });
  expect([second.runCount, first.runCount]).toEqual([3, 1]);
  expect(second.runs).toMatchObject({ totalCount: 3, nodes: [{ name: 'three' }, { name: 'two' }], pageInfo: { hasNextPage: true } });
  expect((await runs(second.runs.pageInfo.endCursor))[1].runs.nodes).toEqual([{ name: 'one' }]);
  await api.db.update(run).set({ deletedAt: new Date() }).where(eq(run.name, 'two'));
  expect((await runs())[1].runs).toMatchObject({ totalCount: 2, nodes: [{ name: 'three' }, { name: 'one' }] });
  const { body } = await api.post({ query: '{ dataset(name: "pets") { latestVersion { runs(after: "WyJ4IiwieSJd") { nodes { id } } } } }' });
  expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  expect(await api.db.$count(datasetVersion)).toBe(3);
});
