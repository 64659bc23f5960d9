import { startTestApi, type TestApi } from '../testing';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenDataset(api.db, 'birds', 'zoo');
  await givenDataset(api.db, 'birds', 'garden');
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

const fields = 'id name status config priority tags notes attempt project { name } dataset { version dataset { name } } backbone { name } parentRun { id } metrics { key } finalMetrics { key } trainer { id } durationSeconds';
const launch = async (input: object) => (await api.gql(`mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { ${fields} } userErrors { field message code } } }`, { input })).launchRun;
const clone = async (input: object) => (await api.gql(`mutation ($input: CloneRunInput!) { cloneRun(input: $input) { run { ${fields} } userErrors { field message code } } }`, { input })).cloneRun;

test('a run is queued with every default filled in, in the project of its dataset, and gets a name', async () => {
  const { run, userErrors } = await launch({ dataset: 'flowers', backbone: 'mobile', config: { epochs: 3 }, tags: ['x', 'x', 'y'] });
  expect(userErrors).toEqual([]);
  expect(run).toMatchObject({
    name: 'head-1', status: 'QUEUED', priority: 0, attempt: 1, tags: ['x', 'y'], project: { name: 'default' }, dataset: { version: 1, dataset: { name: 'flowers' } }, backbone: { name: 'mobile' },
    parentRun: null, metrics: [], finalMetrics: [], trainer: null, durationSeconds: null,
  });
  expect(run.config).toMatchObject({ epochs: 3, freeze: 'head', batchSize: 32 });
  expect((await launch({ dataset: 'flowers', backbone: 'mobile' })).run.name).toBe('head-2');
  expect((await launch({ dataset: 'flowers', backbone: 'mobile', config: { freeze: 'last_blocks' } })).run.name).toBe('last_blocks-1');
  expect((await launch({ dataset: 'flowers', backbone: 'mobile', name: 'mine', project: 'elsewhere' })).run).toMatchObject({ name: 'mine', project: { name: 'elsewhere' } });
});

test('every problem is told at once, with what is valid', async () => {
  const { run, userErrors } = await launch({ dataset: 'flowrs', backbone: 'mobil', name: '', tags: [''], config: { epochs: 0, freeze: 'all', learnigRate: 1 } });
  expect(run).toBeNull();
  const byField = Object.fromEntries(userErrors.map((error: { field: string }) => [error.field, error]));
  expect(Object.keys(byField).sort()).toEqual(['backbone', 'config.epochs', 'config.freeze', 'config.learnigRate', 'dataset', 'name', 'tags.0']);
  expect(byField.dataset).toMatchObject({ code: 'DATASET_UNKNOWN', message: expect.stringContaining('Did you mean "flowers"?') });
  expect(byField.backbone).toMatchObject({ code: 'BACKBONE_UNKNOWN', message: expect.stringContaining('mobile') });
  expect(byField['config.learnigRate'].message).toContain('learningRate');
  expect((await launch({ dataset: 'zzzzzzzz', backbone: 'mobile' })).userErrors[0].message).toMatch(/flowers.*/);
  expect((await launch({ dataset: 'flowers', backbone: 'mobile', config: [1] })).userErrors).toMatchObject([{ field: 'config' }]);
});

test('a block to keep frozen must be one of the backbone’s; layers are the trainer’s to know', async () => {
  const { run, userErrors } = await launch({ dataset: 'flowers', backbone: 'mobile', config: { freeze: 'full', freezeUpTo: 'block2' } });
  expect(run).toBeNull();
  expect(userErrors).toEqual([{ field: 'config.freezeUpTo', code: 'UNKNOWN_BLOCK', message: 'freezeUpTo is "block2", and the backbone "mobile" has no such block. Did you mean block1? Its blocks, from the picture to the head: stem, block1. For a layer write layer:NAME.' }]);
  for (const freezeUpTo of ['stem', 'layer:conv2']) {
    const { run: origin } = await launch({ dataset: 'flowers', backbone: 'mobile', config: { freeze: 'full', freezeUpTo } });
    expect(origin.config).toMatchObject({ freezeUpTo });
    expect((await clone({ id: origin.id, config: { freezeUpTo: 'head' } })).userErrors).toMatchObject([{ code: 'UNKNOWN_BLOCK' }]);
    expect((await clone({ id: origin.id, config: { freezeUpTo: null } })).run.config).not.toHaveProperty('freezeUpTo');
  }
});

test('a dataset that two projects have needs the project; a version must exist', async () => {
  expect((await launch({ dataset: 'birds', backbone: 'mobile' })).userErrors).toMatchObject([{ field: 'project', code: 'DATASET_AMBIGUOUS', message: expect.stringContaining('garden, zoo') }]);
  expect((await launch({ dataset: 'birds', project: 'zoo', backbone: 'mobile' })).run.project.name).toBe('zoo');
  expect((await launch({ dataset: 'flowers', datasetVersion: 7, backbone: 'mobile' })).userErrors).toMatchObject([{ field: 'datasetVersion', message: expect.stringContaining('latest is 1') }]);
});

test('a refused launch leaves nothing behind', async () => {
  await launch({ dataset: 'flowers', backbone: 'mobile', project: 'never-made', config: { epochs: -1 } });
  expect((await api.gql('{ project(name: "never-made") { id } }')).project).toBeNull();
});

test('a clone has its origin’s config with changes; null puts a default back', async () => {
  const { run: origin } = await launch({ dataset: 'flowers', backbone: 'mobile', config: { epochs: 3, dropout: 0.5 }, tags: ['t'], priority: 4 });
  const { run } = await clone({ id: origin.id, config: { epochs: 9, dropout: null }, name: 'again' });
  expect(run).toMatchObject({ name: 'again', status: 'QUEUED', priority: 4, tags: ['t'], parentRun: { id: origin.id } });
  expect(run.config).toEqual({ ...origin.config, epochs: 9, dropout: 0.2 });
  expect((await clone({ id: origin.id, config: { epochz: null, epochs: 0 } })).userErrors.map((error: { field: string }) => error.field).sort()).toEqual(['config.epochs', 'config.epochz']);
  expect((await clone({ id: 'no-such-run' })).userErrors).toMatchObject([{ field: 'id', code: 'RUN_UNKNOWN' }]);
});

test('labels can be changed, a waiting run cancelled, an ended one not', async () => {
  const { run } = await launch({ dataset: 'flowers', backbone: 'mobile' });
  const update = `mutation ($input: UpdateRunInput!) { updateRun(input: $input) { run { name tags notes } userErrors { field code } } }`;
  expect((await api.gql(update, { input: { id: run.id, name: 'new', notes: 'good' } })).updateRun).toEqual({ run: { name: 'new', tags: [], notes: 'good' }, userErrors: [] });
  expect((await api.gql(update, { input: { id: run.id, tags: ['a'], notes: null } })).updateRun.run).toEqual({ name: 'new', tags: ['a'], notes: null });
  const cancel = `mutation ($id: ID!) { cancelRun(id: $id) { run { status endReason endedAt } userErrors { code } } }`;
  expect((await api.gql(cancel, { id: run.id })).cancelRun).toMatchObject({ run: { status: 'CANCELLED', endReason: 'CANCELLED', endedAt: expect.any(String) }, userErrors: [] });
  expect((await api.gql(cancel, { id: run.id })).cancelRun.userErrors).toEqual([]);
  expect((await api.gql(cancel, { id: 'x' })).cancelRun.userErrors).toMatchObject([{ code: 'RUN_UNKNOWN' }]);
});
