import { randomUUID } from 'node:crypto';
import { run as runTable } from '@thaw/db';
import { startTestApi, type TestApi } from '../testing';
import { claimNext } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

type Payload = { run: Record<string, unknown> & { id: string }; userErrors: { field: string; code: string; message: string }[] };
const fields = `id name kind status endReason error config tags notes gitCommit environment startedAt endedAt project { name } dataset { version dataset { name } } backbone { name }
  parentRun { id } metrics { key count last } finalMetrics { key value }`;
const create = async (input: object): Promise<Payload> =>
  (await api.gql(`mutation ($input: CreateRunInput!) { createRun(input: $input) { run { ${fields} } userErrors { field code message } } }`, { input: { project: 'scripts', ...input } })).createRun;
const finish = async (input: object): Promise<Payload> =>
  (await api.gql(`mutation ($input: FinishRunInput!) { finishRun(input: $input) { run { ${fields} } userErrors { field code message } } }`, { input })).finishRun;
const log = async (runId: string, columns: unknown[], more: object = {}) =>
  (await api.gql('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { accepted userErrors { field code message } } }', { input: { runId, batchId: randomUUID(), columns, ...more } })).logMetrics;
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
const count = () => api.db.$count(runTable);

test('a script makes a run, logs to it and finishes it', async () => {
  const config = { optimizer: { name: 'adam', betas: [0.9, 0.999] }, epochs: 3, seed: null };
  const made = await create({ name: 'mine', config, tags: ['a', 'a', 'b'], notes: 'hello', dataset: 'flowers', backbone: 'mobile', gitCommit: 'abc', environment: { python: '3.12' } });
  expect(made).toMatchObject({
    userErrors: [],
    run: { name: 'mine', kind: 'EXTERNAL', status: 'RUNNING', endReason: null, config, tags: ['a', 'b'], notes: 'hello', gitCommit: 'abc', environment: { python: '3.12' }, endedAt: null, project: { name: 'scripts' }, dataset: { version: 1, dataset: { name: 'flowers' } }, backbone: { name: 'mobile' }, metrics: [], finalMetrics: [] },
  });
  expect(await log(made.run.id, [{ key: 'loss', steps: [1, 2], values: [3, 'NaN'] }, { key: 'acc', steps: [1], values: [0.5] }])).toEqual({ accepted: 3, userErrors: [] });
  const ended = await finish({ id: made.run.id });
  expect(ended).toMatchObject({ userErrors: [], run: { status: 'FINISHED', endReason: 'COMPLETED', endedAt: expect.any(String), finalMetrics: [{ key: 'acc', value: 0.5 }, { key: 'loss', value: null }] } });
  expect(await finish({ id: made.run.id })).toEqual(ended);
  expect(await log(made.run.id, [{ key: 'loss', steps: [3], values: [1] }])).toMatchObject({ accepted: 0, userErrors: [{ field: 'runId', code: 'RUN_ENDED' }] });
});

test('a run that has ended is imported with its metrics in one request', async () => {
  const { run, userErrors } = await create({
    startedAt: '2024-01-01T00:00:00Z', config: { lr: 0.1 },
    metrics: [{ key: 'loss', steps: [2, 1], values: [0.5, 1] }, { key: 'loss', steps: [3], values: ['Infinity'] }, { key: 'acc', steps: [1, 2], values: [0.1, 0.2] }],
    end: { status: 'FAILED', error: 'boom', endedAt: '2024-01-01T01:00:00Z' },
  });
  expect(userErrors).toEqual([]);
  expect(run).toMatchObject({ status: 'FAILED', endReason: 'ERROR', error: 'boom', startedAt: '2024-01-01T00:00:00.000Z', endedAt: '2024-01-01T01:00:00.000Z', dataset: null, backbone: null, metrics: [{ key: 'acc', count: 2, last: 0.2 }, { key: 'loss', count: 3, last: null }], finalMetrics: [{ key: 'acc', value: 0.2 }, { key: 'loss', value: null }] });
  expect(run.name).toBe(`run-${run.id.slice(-8)}`);
  const { metricSeries } = await api.gql('query ($ids: [ID!]!) { metricSeries(runIds: $ids, keys: ["loss"]) { points } }', { ids: [run.id] });
  expect(metricSeries[0].points).toMatchObject({ steps: [1, 2, 3], values: [1, 0.5, 'Infinity'] });
});

test('the same id with the same input is one run, however often and quickly it is sent; with another input it is refused', async () => {
  const id = randomUUID().toUpperCase();
  const before = await count();
  const answers = await Promise.all(Array.from({ length: 8 }, () => create({ id, name: 'once', config: { b: 1, a: { c: 2 } }, metrics: [{ key: 'x', steps: [1], values: [1] }] })));
  expect(answers.every(({ run, userErrors }) => run.id === id.toLowerCase() && userErrors.length === 0)).toBe(true);
  expect(await count()).toBe(before + 1);
  expect(answers[7]!.run.metrics).toEqual([{ key: 'x', count: 1, last: 1 }]);
  expect((await create({ config: { a: { c: 2 }, b: 1 }, name: 'once', id: id.toLowerCase(), metrics: [{ key: 'x', steps: [1], values: [1] }] })).userErrors).toEqual([]);
  expect((await create({ id, name: 'other' })).userErrors).toMatchObject([{ field: 'id', code: 'RUN_ID_TAKEN', message: expect.stringContaining('"once"') }]);
  expect(await count()).toBe(before + 1);
});

test('every problem is told at once, and nothing is written', async () => {
  const before = await count();
  const { run, userErrors } = await create({
    id: 'x', project: ' ', name: '', tags: [''], notes: 'a\u0000b', dataset: 'flower', backbone: 'mobil', parentRun: randomUUID(), environment: [1], config: 'text', gitCommit: 'c'.repeat(300),
    metrics: [{ key: '', steps: [1], values: [1] }], startedAt: '2024-01-02T00:00:00Z', end: { status: 'RUNNING', endedAt: '2024-01-01T00:00:00Z' },
  });
  expect(run).toBeNull();
  expect(userErrors.map(({ field, code }) => `${field} ${code}`)).toEqual([
    'project INVALID_NAME', 'name INVALID_NAME', 'tags.0 INVALID_TAG', 'notes INVALID_TEXT', 'id INVALID_ID', 'config INVALID_JSON', 'environment INVALID_JSON', 'gitCommit INVALID_COMMIT', 'end.endedAt ENDS_BEFORE_START',
    'dataset DATASET_UNKNOWN', 'backbone BACKBONE_UNKNOWN', 'parentRun RUN_UNKNOWN', 'metrics.0.key INVALID_COLUMNS', 'end.status INVALID_STATUS',
  ]);
  expect(userErrors.find(({ field }) => field === 'dataset')!.message).toContain('Did you mean "flowers"?');
  expect(userErrors.find(({ field }) => field === 'backbone')!.message).toContain('Did you mean "mobile"?');
  expect(codes(await create({ datasetVersion: 2 }))).toEqual(['DATASET_MISSING']);
  expect(codes(await create({ dataset: 'flowers', datasetVersion: 2 }))).toEqual(['DATASET_VERSION_UNKNOWN']);
  expect(await count()).toBe(before);
});

test.each([
  ['a number beyond float64', '{"a":{"b":1e999}}', 'config.a.b', 'INVALID_NUMBER'],
  ['a key __proto__', '{"a":{"__proto__":{"b":1}}}', 'config.a', 'INVALID_KEY'],
  ['an empty key', '{"":1}', 'config', 'INVALID_KEY'],
  ['a NUL', '{"a":["x\\u0000"]}', 'config.a', 'INVALID_TEXT'],
  ['half a character', '{"a":"\\ud800"}', 'config.a', 'INVALID_TEXT'],
  ['a path twice', '{"a.b":1,"a":{"b":2}}', 'config.a.b', 'AMBIGUOUS_KEY'],
  ['too long a path', `{"${'k'.repeat(300)}":{"${'l'.repeat(300)}":1}}`, `config.${'k'.repeat(300)}`, 'KEY_TOO_LONG'],
  ['21 levels', `${'{"a":'.repeat(21)}1${'}'.repeat(21)}`, `config${'.a'.repeat(20)}`, 'TOO_DEEP'],
  ['40 levels of lists', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, 'config.a', 'TOO_DEEP'],
  ['2,001 values', JSON.stringify(Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`k${index}`, index]))), 'config', 'TOO_MANY_VALUES'],
  ['more than a megabyte', JSON.stringify({ a: 'x'.repeat(1_000_001) }), 'config', 'TOO_LARGE'],
])('a config with %s is refused', async (_what, config, field, code) => {
  const query = 'mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { field code message } } }';
  const response = await fetch(`${api.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"query":${JSON.stringify(query)},"variables":{"input":{"project":"scripts","config":${config}}}}` });
  const { data } = (await response.json()) as { data: { createRun: Payload } };
  expect(data.createRun).toMatchObject({ run: null, userErrors: [{ field, code }] });
});

test('a config at its limits is kept and found', async () => {
  const wide = Object.fromEntries(Array.from({ length: 1999 }, (_, index) => [`k${index}`, index]));
  const deep = JSON.parse(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`) as object;
  expect((await create({ config: { ...wide, ...deep } })).userErrors).toEqual([]);
});

test('an end cannot be changed, only repeated; what was left out is no difference', async () => {
  const { run } = await create({});
  expect(codes(await finish({ id: run.id, status: 'QUEUED' }))).toEqual(['INVALID_STATUS']);
  expect(codes(await finish({ id: run.id, error: 'x' }))).toEqual(['INVALID_ERROR']);
  expect(codes(await finish({ id: run.id, endedAt: '2001-01-01T00:00:00Z' }))).toEqual(['ENDS_BEFORE_START']);
  expect(codes(await finish({ id: run.id, finalMetrics: [{ key: 'a', value: 1 }, { key: 'a', value: 2 }, { key: ' ' }] }))).toEqual(['DUPLICATE_KEY', 'INVALID_KEY']);
  const end = { id: run.id, status: 'FAILED', error: 'out of luck', finalMetrics: [{ key: 'a', value: 'NaN' }] };
  expect(await finish(end)).toMatchObject({ userErrors: [], run: { status: 'FAILED', error: 'out of luck' } });
  expect(codes(await finish(end))).toEqual([]);
  expect(codes(await finish({ id: run.id, status: 'FAILED' }))).toEqual([]);
  for (const other of [{}, { ...end, error: 'else' }, { ...end, status: 'CANCELLED' }, { ...end, finalMetrics: [{ key: 'a', value: 1 }] }]) expect(codes(await finish({ id: run.id, ...other }))).toEqual(['RUN_ENDED']);
  expect(codes(await finish({ id: randomUUID() }))).toEqual(['RUN_UNKNOWN']);
  expect(codes(await finish({ id: 'nope' }))).toEqual(['RUN_UNKNOWN']);
});

test('what only makes sense for a trainer is refused for a script, and the other way round', async () => {
  const { run } = await create({});
  const columns = [{ key: 'loss', steps: [1], values: [1] }];
  expect(codes(await log(run.id, columns, { leaseToken: 'any' }))).toEqual(['LEASE_LOST']);
  expect(codes((await api.gql('mutation ($id: ID!) { cloneRun(input: { id: $id }) { run { id } userErrors { code } } }', { id: run.id })).cloneRun)).toEqual(['RUN_EXTERNAL']);
  const { launchRun } = await api.gql('mutation { launchRun(input: { dataset: "flowers", backbone: "mobile" }) { run { id kind } } }');
  expect(launchRun.run.kind).toBe('MANAGED');
  expect(codes(await finish({ id: launchRun.run.id }))).toEqual(['RUN_MANAGED']);
  expect(codes(await log(launchRun.run.id, columns))).toEqual(['LEASE_LOST']);
  expect((await claimNext(api)).runId).toBe(launchRun.run.id);
});

test('cancelling asks the script, which ends the run itself', async () => {
  const { run } = await create({});
  const cancel = async () => (await api.gql('mutation ($id: ID!) { cancelRun(id: $id) { run { status cancelRequestedAt } userErrors { code } } }', { id: run.id })).cancelRun;
  expect(await cancel()).toEqual({ run: { status: 'RUNNING', cancelRequestedAt: expect.any(String) }, userErrors: [] });
  expect(await log(run.id, [{ key: 'loss', steps: [1], values: [1] }])).toMatchObject({ accepted: 1 });
  expect(await finish({ id: run.id, status: 'CANCELLED', error: 'as asked' })).toMatchObject({ run: { status: 'CANCELLED', endReason: 'CANCELLED' } });
});

test('config is merged, with what searches see of it', async () => {
  const update = async (input: object): Promise<Payload> => (await api.gql(`mutation ($input: UpdateRunInput!) { updateRun(input: $input) { run { ${fields} } userErrors { field code message } } }`, { input })).updateRun;
  const { run } = await create({ config: { optimizer: { name: 'adam', lr: 1 }, old: true } });
  const { run: after } = await update({ id: run.id, config: { optimizer: { lr: 0.5, decay: { by: 2 } }, old: null, fresh: [1] } });
  expect(after.config).toEqual({ optimizer: { name: 'adam', lr: 0.5, decay: { by: 2 } }, fresh: [1] });
  const { rows } = await api.db.$client.query('select key.name, run_param.text from run_param join key on key.id = run_param.key_id where run_id = $1 order by 1', [run.id]);
  expect(rows).toEqual([{ name: 'fresh', text: '[1]' }, { name: 'optimizer.decay.by', text: '2' }, { name: 'optimizer.lr', text: '0.5' }, { name: 'optimizer.name', text: 'adam' }]);
  expect(codes(await update({ id: run.id, config: { 'optimizer.name': 1 } }))).toEqual(['AMBIGUOUS_KEY']);
  expect(codes(await update({ id: run.id, config: 7, name: '' }))).toEqual(['INVALID_NAME', 'INVALID_JSON']);
  const { launchRun } = await api.gql('mutation { launchRun(input: { dataset: "flowers", backbone: "mobile" }) { run { id } } }');
  expect(codes(await update({ id: launchRun.run.id, config: { epochs: 2 } }))).toEqual(['RUN_MANAGED']);
  expect((await update({ id: launchRun.run.id, notes: 'fine' })).run.notes).toBe('fine');
});

test('a deleted run takes nothing any more', async () => {
  const id = randomUUID();
  const { run } = await create({ id, name: 'gone' });
  await api.gql('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) { userErrors { code } } }', { ids: [run.id] });
  expect(codes(await log(run.id, [{ key: 'loss', steps: [1], values: [1] }]))).toEqual(['RUN_DELETED']);
  expect(codes(await finish({ id: run.id }))).toEqual(['RUN_DELETED']);
  expect(codes((await api.gql('mutation ($id: ID!) { updateRun(input: { id: $id, notes: "x" }) { userErrors { code } } }', { id: run.id })).updateRun)).toEqual(['RUN_DELETED']);
  expect(codes(await create({ id, name: 'gone' }))).toEqual(['RUN_DELETED']);
  expect(codes(await create({ parentRun: run.id }))).toEqual(['RUN_UNKNOWN']);
  await api.gql('mutation ($ids: [ID!]!) { restoreRuns(ids: $ids) { userErrors { code } } }', { ids: [run.id] });
  expect(codes(await finish({ id: run.id }))).toEqual([]);
});
