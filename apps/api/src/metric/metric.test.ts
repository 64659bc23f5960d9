import { run } from '@thaw/db';
import { eq, sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { claimNext, countChunks, givenClaimedRun } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

const log = async (input: object) => (await api.gql('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { accepted userErrors { field message code } } }', { input })).logMetrics;
const series = async (runIds: string[], keys: string[] | null = null, maxPoints = 500) =>
  (await api.gql('query ($runIds: [ID!]!, $keys: [String!], $maxPoints: Int) { metricSeries(runIds: $runIds, keys: $keys, maxPoints: $maxPoints) { runId key count points } }', { runIds, keys, maxPoints })).metricSeries;
const summary = async (id: string) => (await api.gql('query ($id: ID!) { run(id: $id) { metrics { key count last lastStep min minStep max maxStep } } }', { id })).run.metrics;
const points = (key: string, steps: number[], values: unknown[]) => ({ key, steps, values, times: steps.map((step) => 1_700_000_000 + step) });

test('points come back as they were logged, NaN and infinities too', async () => {
  const { runId, leaseToken } = await givenClaimedRun(api);
  const values = [0.5, 'NaN', 'Infinity', '-Infinity', 0.25];
  expect(await log({ runId, leaseToken, batchId: 'a', columns: [points('loss', [1, 2, 3, 4, 5], values), points('lr', [1], [0.1])] })).toEqual({ accepted: 6, userErrors: [] });
  expect(await series([runId])).toEqual([
    { runId, key: 'loss', count: 5, points: { steps: [1, 2, 3, 4, 5], values, times: [1, 2, 3, 4, 5].map((step) => 1_700_000_000 + step) } },
    { runId, key: 'lr', count: 1, points: { steps: [1], values: [0.1], times: [1_700_000_001] } },
  ]);
  expect(await summary(runId)).toMatchObject([{ key: 'loss', count: 5, last: 0.25, lastStep: 5, min: 0.25, minStep: 5, max: 0.5, maxStep: 1 }, { key: 'lr' }]);
});

test('a batch is stored once however often and however quickly it is sent', async () => {
  const { runId, leaseToken } = await givenClaimedRun(api);
  const batch = { runId, leaseToken, batchId: 'same', columns: [points('loss', [1, 2], [1, 2])] };
  const answers = await Promise.all(Array.from({ length: 6 }, () => log(batch)));
  expect(answers).toEqual(Array(6).fill({ accepted: 2, userErrors: [] }));
  expect(await summary(runId)).toMatchObject([{ count: 2 }]);
  expect(await series([runId])).toMatchObject([{ count: 2 }]);
});

test('a batch with one wrong column stores nothing and names every problem', async () => {
  const { runId, leaseToken } = await givenClaimedRun(api);
  const before = await countChunks(api);
  const { accepted, userErrors } = await log({
    runId, leaseToken, batchId: 'b',
    columns: [points('fine', [1], [1]), { key: 'x', steps: [1, 2], values: [1] }, { key: '', steps: [1.5], values: ['much'] }],
  });
  expect(accepted).toBe(0);
  expect(userErrors.map(({ field }: { field: string }) => field)).toEqual(['columns.1.steps', 'columns.2.key', 'columns.2.steps.0', 'columns.2.values.0']);
  expect(await countChunks(api)).toBe(before);
  expect(await log({ runId, leaseToken, batchId: 'b', columns: [points('fine', [1], [1])] })).toMatchObject({ accepted: 1 });
});

test('only the trainer that holds the lease may log, and only until the run ends', async () => {
  const { runId, leaseToken } = await givenClaimedRun(api);
  const columns = [points('loss', [1], [1])];
  const codes = async (input: object) => (await log({ columns, batchId: 'c', ...input })).userErrors.map(({ code }: { code: string }) => code);
  expect(await codes({ runId })).toEqual(['LEASE_LOST']);
  expect(await codes({ runId, leaseToken: 'stale' })).toEqual(['LEASE_LOST']);
  expect(await codes({ runId: 'nope', leaseToken })).toEqual(['RUN_UNKNOWN']);
  expect(await codes({ runId, leaseToken })).toEqual([]);
  await api.gql('mutation ($input: SettleRunInput!) { settleRun(input: $input) { userErrors { code } } }', { input: { runId, leaseToken, status: 'FINISHED', endReason: 'COMPLETED' } });
  expect(await codes({ runId, leaseToken, batchId: 'late' })).toEqual(['RUN_ENDED']);
  expect(await codes({ runId, leaseToken })).toEqual([]);
});

test('a second attempt replaces what the first one logged, in curves and in summaries', async () => {
  const { runId, leaseToken } = await givenClaimedRun(api);
  await log({ runId, leaseToken, batchId: 'e1', columns: [points('loss', [1, 2, 3], [9, 8, 0.001])] });
  await api.db.update(run).set({ leaseExpiresAt: sql`now() - interval '1 second'` }).where(eq(run.id, runId));
  const again = await claimNext(api);
  expect(again.runId).toBe(runId);
  await log({ ...again, trainerId: undefined, batchId: 'e1', columns: [points('loss', [1], [5])] });
  await log({ ...again, trainerId: undefined, batchId: 'e2', columns: [points('loss', [2], [4])] });
  expect(await series([runId])).toMatchObject([{ count: 2, points: { steps: [1, 2], values: [5, 4] } }]);
  expect(await summary(runId)).toMatchObject([{ count: 2, last: 4, lastStep: 2, min: 4, max: 5 }]);
});

test('steps out of order and logged again keep curve and summary right', async () => {
  const { runId, leaseToken } = await givenClaimedRun(api);
  await log({ runId, leaseToken, batchId: '1', columns: [points('x', [5, 1], [50, 10])] });
  await log({ runId, leaseToken, batchId: '2', columns: [points('x', [3], [30]), points('x', [1], [-1])] });
  expect(await series([runId])).toMatchObject([{ count: 3, points: { steps: [1, 3, 5], values: [-1, 30, 50] } }]);
  expect(await summary(runId)).toMatchObject([{ count: 3, last: 50, lastStep: 5, min: -1, minStep: 1, max: 50, maxStep: 5 }]);
});

test('many runs and keys in one call, downsampled', async () => {
  const made = [await givenClaimedRun(api), await givenClaimedRun(api)];
  const steps = Array.from({ length: 5000 }, (_, index) => index + 1);
  const values: unknown[] = steps.map((step) => Math.sin(step));
  values[1233] = 99;
  values[4000] = 'NaN';
  for (const { runId, leaseToken } of made) expect(await log({ runId, leaseToken, batchId: 'many', columns: [points('a', steps, values), points('b', [1], [1])] })).toMatchObject({ accepted: 5001 });
  const answer = await series(made.map(({ runId }) => runId), ['a'], 100);
  expect(answer.map(({ runId, key, count }: { runId: string; key: string; count: number }) => [runId, key, count])).toEqual(made.map(({ runId }) => [runId, 'a', 5000]));
  expect(answer[0].points.steps.length).toBeLessThanOrEqual(101);
  expect(answer[0].points.values).toEqual(expect.arrayContaining([99, 'NaN']));
  const { body } = await api.post({ query: '{ metricSeries(runIds: [], maxPoints: 0) { key } }' });
  expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
});
