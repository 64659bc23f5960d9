import { metricSeries, run } from '@thaw/db';
import { ensureKeys } from '@thaw/db/queries/key/ensure-keys';
import { eq } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
const ids: Record<string, string> = {};

/** Accuracy null: never logged; NaN: diverged. */
const runs: { name: string; accuracy: number | null; epochs: number; tags: string[]; status: 'QUEUED' | 'FINISHED' | 'FAILED' }[] = [
  { name: 'one', accuracy: 0.5, epochs: 1, tags: ['old'], status: 'FINISHED' },
  { name: 'two', accuracy: 0.9, epochs: 2, tags: ['old', 'best'], status: 'FINISHED' },
  { name: 'three', accuracy: Number.NaN, epochs: 3, tags: [], status: 'FAILED' },
  { name: 'four', accuracy: null, epochs: 4, tags: [], status: 'QUEUED' },
  { name: 'five 50%', accuracy: 0.5, epochs: 5, tags: [], status: 'FINISHED' },
];

beforeAll(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
  for (const { name, accuracy, epochs, tags, status } of runs) {
    const { launchRun } = await api.gql('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } } }', { input: { dataset: 'flowers', backbone: 'mobile', name, tags, config: { epochs } } });
    const { id } = launchRun.run;
    ids[name] = id;
    await api.db.update(run).set({ status }).where(eq(run.id, id));
    if (accuracy === null) continue;
    const [{ projectId } = { projectId: '' }] = await api.db.select({ projectId: run.projectId }).from(run).where(eq(run.id, id));
    const keys = await ensureKeys(api.db, projectId, 'METRIC', ['val/accuracy']);
    await api.db.insert(metricSeries).values({ runId: id, keyId: keys.get('val/accuracy')!, claim: 1, count: 1, last: accuracy, lastStep: 1, min: finite(accuracy), max: finite(accuracy) });
  }
});
afterAll(() => api[Symbol.asyncDispose]());

const finite = (value: number) => (Number.isFinite(value) ? value : null);
const names = async (args: string): Promise<string[]> => (await api.gql(`{ runs(${args}) { nodes { name } } }`)).runs.nodes.map(({ name }: { name: string }) => name);

test.each([
  ['status: [FAILED, QUEUED]', ['four', 'three']],
  ['tag: "old"', ['two', 'one']],
  ['name: { contains: "O" }', ['four', 'two', 'one']],
  ['name: { contains: "0%" }', ['five 50%']],
  ['name: { contains: "_" }', []],
  ['name: { in: ["one", "two"], ne: "two" }', ['one']],
  ['config: { key: "epochs", gte: 2, lt: 4 }', ['three', 'two']],
  ['config: { key: "epochs", eq: 5 }', ['five 50%']],
  ['config: { key: "freeze", ne: "head" }', []],
  ['metric: { key: "val/accuracy", gt: 0.5 }', ['two']],
  ['metric: { key: "val/accuracy", stat: MAX, lte: 0.5 }', ['five 50%', 'one']],
  ['not: { status: [FINISHED] }', ['four', 'three']],
  ['or: [{ tag: "best" }, { name: { eq: "one" } }]', ['two', 'one']],
  ['and: [{ tag: "old" }, { not: { tag: "best" } }]', ['one']],
  ['or: []', []],
  ['ids: ["not-an-id"]', []],
  ['dataset: "flowers", backbone: "mobile", tag: "best"', ['two']],
  ['dataset: "birds"', []],
  ['createdAt: { after: "2099-01-01T00:00:00Z" }', []],
  ['parentRun: "x"', []],
])('filter { %s }', async (filter, expected) => {
  expect(await names(`filter: { ${filter} }`)).toEqual(expected);
});

const byAccuracy = (direction: string) => `orderBy: { field: METRIC, key: "val/accuracy", direction: ${direction} }`;

test.each([
  ['', ['five 50%', 'four', 'three', 'two', 'one']],
  ['orderBy: { field: CREATED_AT, direction: ASC }', ['one', 'two', 'three', 'four', 'five 50%']],
  ['orderBy: { field: NAME, direction: ASC }', ['five 50%', 'four', 'one', 'three', 'two']],
  [byAccuracy('DESC'), ['two', 'five 50%', 'one', 'four', 'three']],
  [byAccuracy('ASC'), ['one', 'five 50%', 'two', 'three', 'four']],
  ['orderBy: { field: STATUS, direction: ASC }', ['four', 'one', 'two', 'five 50%', 'three']],
])('order %s holds, in one page and in pages of two', async (order, expected) => {
  expect(await names(`first: 10 ${order}`)).toEqual(expected);
  const paged: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 5; page++) {
    const { runs: list }: { runs: { nodes: { name: string }[]; totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string } } } = await api.gql(
      `query ($after: String) { runs(first: 2, after: $after ${order}) { nodes { name } totalCount pageInfo { hasNextPage endCursor } } }`, { after });
    paged.push(...list.nodes.map(({ name }) => name));
    expect(list.totalCount).toBe(5);
    if (!list.pageInfo.hasNextPage) break;
    after = list.pageInfo.endCursor;
  }
  expect(paged).toEqual(expected);
});

test('a cursor of another order, a metric order without key and a filter without bottom are refused', async () => {
  const { runs: list } = await api.gql('{ runs(first: 1) { pageInfo { endCursor } } }');
  const codes = async (query: string, variables?: object) => (await api.post({ query, variables })).body.errors?.map((error: { extensions: { code: string } }) => error.extensions.code);
  expect(await codes(`{ runs(orderBy: { field: NAME }, after: "${list.pageInfo.endCursor}") { nodes { id } } }`)).toEqual(['BAD_USER_INPUT']);
  expect(await codes('{ runs(orderBy: { field: METRIC }) { nodes { id } } }')).toEqual(['BAD_USER_INPUT']);
  let filter: object = { tag: 'x' };
  for (let depth = 0; depth < 30; depth++) filter = { not: filter };
  expect(await codes('query ($filter: RunFilter) { runs(filter: $filter) { nodes { id } } }', { filter })).toEqual(['BAD_USER_INPUT']);
});

test('one run by id; metrics that are not finite show as null', async () => {
  expect((await api.gql('query ($id: ID!) { run(id: $id) { name metrics(keys: ["val/accuracy"]) { last min count } } }', { id: ids.three })).run).toEqual({ name: 'three', metrics: [{ last: null, min: null, count: 1 }] });
  expect((await api.gql('{ run(id: "nope") { id } }')).run).toBeNull();
});

test.each([['', 2], ['orderBy: { field: PRIORITY }', 1], [byAccuracy('ASC'), 3]])('order %s from any place', async (order, offset) => {
  const all = await names(`first: 10 ${order}`);
  expect(await names(`first: 2 offset: ${offset} ${order}`)).toEqual(all.slice(offset, offset + 2));
  expect(await names(`first: 2 offset: 1500 ${order}`)).toEqual([]);
});

test('an offset that makes no sense is refused', async () => {
  await expect(names('offset: -1')).rejects.toThrow('offset is -1. It must be from 0 to 1000000.');
});

test('groups by facts and config, each with the filter that finds its runs', async () => {
  const { runGroups } = await api.gql('{ runGroups(fields: [STATUS, TRAINER], by: ["freeze"]) { totalCount nodes { count filter values { key value } } } }');
  expect(runGroups.nodes.map(({ count, values }: { count: number; values: { value: unknown }[] }) => [count, ...values.map(({ value }) => value)])).toEqual([[3, 'FINISHED', null, 'head'], [1, 'QUEUED', null, 'head'], [1, 'FAILED', null, 'head']]);
  for (const { count, filter } of runGroups.nodes) {
    expect((await api.gql('query ($filter: RunFilter) { runs(filter: $filter) { totalCount } }', { filter })).runs.totalCount).toBe(count);
  }
});

test('tags are added to and taken from many runs; only those that changed are answered', async () => {
  const tag = async (variables: Record<string, unknown>) => (await api.gql('mutation ($ids: [ID!]!, $add: [String!], $remove: [String!]) { tagRuns(ids: $ids, add: $add, remove: $remove) { runs { name tags } userErrors { code } } }', variables)).tagRuns;
  const two = [ids.one, ids.two];
  expect((await tag({ ids: two, add: ['best', 'new'], remove: ['old'] })).runs.sort((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1))).toEqual([{ name: 'one', tags: ['best', 'new'] }, { name: 'two', tags: ['best', 'new'] }]);
  expect(await tag({ ids: two, add: ['best'] })).toEqual({ runs: [], userErrors: [] });
  expect((await tag({ ids: two, add: ['x'], remove: ['x'] })).userErrors).toEqual([{ code: 'TAG_IN_BOTH' }]);
  expect((await tag({ ids: [ids.one, '0190a0a0-0000-7000-8000-000000000000'], add: ['x'] })).userErrors).toEqual([{ code: 'RUN_UNKNOWN' }]);
  await tag({ ids: [ids.one], add: ['old'], remove: ['best', 'new'] });
  await tag({ ids: [ids.two], add: ['old'], remove: ['new'] });
});
