import { uuidv7 } from 'uuidv7';
import { startTestApi, type TestApi } from '../testing';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

const launchRuns = async (input: object) =>
  (await api.gql(`mutation ($input: LaunchRunsInput!) { launchRuns(input: $input) { runs { id name status tags config priority project { name } parentRun { id } dataset { version } } userErrors { field code message } } }`, {
    input: { requestId: uuidv7(), dataset: 'flowers', backbone: 'mobile', ...input },
  })).launchRuns;
const count = async (tag: string) => (await api.gql(`query ($tag: String!) { runs(search: $tag) { totalCount } }`, { tag: `tag:${tag}` })).runs.totalCount;

test('every combination is a run, named by what varies, in order, with the same tags', async () => {
  const { runs, userErrors } = await launchRuns({ name: 'roses', tags: ['first'], config: { epochs: 4 }, grid: { seed: [1, 2], learningRate: [0.1, 0.01] } });
  expect(userErrors).toEqual([]);
  expect(runs.map(({ name }: { name: string }) => name)).toEqual(['roses learningRate=0.1 seed=1', 'roses learningRate=0.1 seed=2', 'roses learningRate=0.01 seed=1', 'roses learningRate=0.01 seed=2']);
  expect(runs[3]).toMatchObject({ status: 'QUEUED', tags: ['first'], config: { epochs: 4, learningRate: 0.01, seed: 2, dropout: 0.2 } });
  expect(await count('first')).toBe(4);
  const queued = (await api.gql('{ runs(search: "tag:first", orderBy: { field: CREATED_AT, direction: ASC }) { nodes { id } } }')).runs.nodes;
  expect(queued.map(({ id }: { id: string }) => id)).toEqual(runs.map(({ id }: { id: string }) => id));
});

test('without several values there is one run, with the name it was given, or one of its strategy', async () => {
  expect((await launchRuns({ name: 'alone' })).runs).toMatchObject([{ name: 'alone' }]);
  expect((await launchRuns({ config: { freeze: 'full' }, grid: { seed: [5] } })).runs).toMatchObject([{ name: 'full-1', config: { seed: 5 } }]);
});

test('asked again, also twice at once, it answers the same runs and makes no others', async () => {
  const input = { requestId: uuidv7(), tags: ['once'], grid: { seed: [1, 2, 3] } };
  const answers = await Promise.all([launchRuns(input), launchRuns(input), launchRuns(input)]);
  answers.push(await launchRuns({ ...input, requestId: input.requestId.toUpperCase() }));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({ userErrors: [] });
  expect(answers[0].runs).toHaveLength(3);
  expect(await count('once')).toBe(3);
});

test('a requestId stands for one launch', async () => {
  const requestId = uuidv7();
  await launchRuns({ requestId, tags: ['mine'] });
  expect(await launchRuns({ requestId, tags: ['yours'] })).toMatchObject({ runs: [], userErrors: [{ field: 'requestId', code: 'REQUEST_ID_TAKEN' }] });
  expect((await launchRuns({ requestId: '7' })).userErrors).toMatchObject([{ field: 'requestId', code: 'INVALID_ID' }]);
  expect(await count('yours')).toBe(0);
});

test('one wrong value of one field, and no run is made; each problem says where it is', async () => {
  const { runs, userErrors } = await launchRuns({ dataset: 'flwers', tags: ['none', ''], config: { epochs: 0 }, grid: { learningRate: [0.1, -1], lastBlock: [1] } });
  expect(runs).toEqual([]);
  expect(userErrors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`).sort()).toEqual([
    'config.epochs INVALID_HYPERPARAMETER', 'dataset DATASET_UNKNOWN', 'grid.lastBlock UNKNOWN_HYPERPARAMETER', 'grid.learningRate.1 INVALID_HYPERPARAMETER', 'tags.1 INVALID_TAG',
  ]);
  expect(await count('none')).toBe(0);
});

test('a hundred runs are made at most', async () => {
  const seeds = Array.from({ length: 101 }, (_, index) => index);
  expect((await launchRuns({ tags: ['many'], grid: { seed: seeds.slice(0, 51), dropout: [0, 0.5] } })).userErrors).toMatchObject([{ field: 'grid', code: 'TOO_MANY_RUNS', message: expect.stringContaining('102 runs') }]);
  expect((await launchRuns({ tags: ['many'], grid: { seed: seeds } })).userErrors).toMatchObject([{ field: 'grid.seed', code: 'TOO_MANY_RUNS' }]);
  expect((await launchRuns({ tags: ['many'], grid: { seed: seeds.slice(0, 100) } })).runs).toHaveLength(100);
  expect(await count('many')).toBe(100);
});

test('what is missing or no grid is said', async () => {
  expect((await launchRuns({ dataset: null, backbone: null, grid: [1] })).userErrors).toMatchObject([{ field: 'dataset' }, { field: 'backbone' }, { field: 'grid', code: 'INVALID_GRID' }]);
  expect((await launchRuns({ grid: { freezeUpTo: ['block1', 'block7'] } })).userErrors).toMatchObject([]);
  expect((await launchRuns({ config: { freeze: 'full' }, grid: { freezeUpTo: ['block1', 'block7'] } })).userErrors).toMatchObject([{ field: 'config.freezeUpTo', code: 'UNKNOWN_BLOCK' }]);
});

test('clones take what is left out from their origin', async () => {
  const { runs: [origin] } = await launchRuns({ project: 'garden', tags: ['t'], priority: 3, config: { epochs: 3, dropout: 0.5 } });
  const { runs } = await launchRuns({ origin: origin.id, dataset: null, backbone: null, config: { dropout: null }, grid: { epochs: [5, 9] } });
  expect(runs).toMatchObject([5, 9].map((epochs) => ({ name: `epochs=${epochs}`, project: { name: 'garden' }, tags: ['t'], priority: 3, parentRun: { id: origin.id }, config: { epochs, dropout: 0.2 } })));
  expect((await launchRuns({ origin: uuidv7() })).userErrors).toMatchObject([{ field: 'origin', code: 'RUN_UNKNOWN' }]);
});
