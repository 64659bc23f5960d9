import { project, run } from '@thaw/db';
import { expireLeases } from '@thaw/db/queries/run/expire-leases';
import { decodeFloats, encodeFloats } from '@thaw/series';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
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
  await expireLeases(api.db);
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
});

test('points in base64, on any x axis, zoomed', async () => {
  const runId = await givenExternalRun();
  await api.db.update(run).set({ startedAt: new Date(1_700_000_000_000) }).where(eq(run.id, runId));
  const steps = Array.from({ length: 1000 }, (_, index) => index);
  await log({ runId, batchId: 'a', columns: [points('loss', steps, steps.map((step) => step / 2)), points('epoch', [0, 100, 200], [0, 1, 'NaN'])] });
  const ask = async (text: string, selection = 'key count complete points') => (await api.gql(`query ($id: ID!) { metricSeries(runIds: [$id], keys: ["loss"], ${text}) { ${selection} } }`, { id: runId })).metricSeries[0];
  const [answer] = (await api.gql('query ($id: ID!) { metricSeries(runIds: [$id], keys: ["loss"], range: { from: 10, to: 11.5 }) { points(encoding: BASE64) } }', { id: runId })).metricSeries;
  expect([...decodeFloats(answer.points.steps)!, ...decodeFloats(answer.points.times)!, ...decodeFloats(answer.points.values)!]).toEqual([10, 11, 1_700_000_010, 1_700_000_011, 5, 5.5]);
  expect(await ask('xAxis: WALL_TIME, range: { from: 1700000998 }')).toEqual({ key: 'loss', count: 2, complete: true, points: { steps: [998, 999], times: [1_700_000_998, 1_700_000_999], values: [499, 499.5], x: [1_700_000_998, 1_700_000_999] } });
  expect(await ask('xAxis: RELATIVE_TIME, range: { to: 1 }')).toMatchObject({ count: 2, points: { steps: [0, 1], x: [0, 1] } });
  expect(await ask('xAxis: METRIC, xKey: "epoch", range: { from: 1, to: 1 }, maxPoints: 10')).toMatchObject({ count: 100, complete: false });
  expect((await ask('xAxis: METRIC, xKey: "epoch", maxPoints: 1000')).points.x.slice(98, 202)).toEqual([0, 0, ...Array(100).fill(1), 'NaN', 'NaN']);
  expect(await ask('maxPoints: 100', 'count complete')).toEqual({ count: 1000, complete: false });
});

test('only the columns that were asked for travel', async () => {
  const { runId, leaseToken } = await givenClaimedRun(api);
  await log({ runId, leaseToken, batchId: 'a', columns: [points('loss', [1, 2], [0.5, 'NaN'])] });
  const columns = async (args: string, xAxis = 'STEP') =>
    (await api.gql(`query ($id: ID!) { metricSeries(runIds: [$id], xAxis: ${xAxis}) { points(${args}) } }`, { id: runId })).metricSeries[0].points;
  expect(await columns('columns: [STEPS, VALUES, X]')).toEqual({ steps: [1, 2], values: [0.5, 'NaN'] });
  expect(await columns('columns: [X]', 'WALL_TIME')).toEqual({ x: [1_700_000_001, 1_700_000_002] });
  expect(await columns('encoding: BASE64, columns: [STEPS]')).toEqual({ steps: encodeFloats(Float64Array.of(1, 2)) });
});

test('what is smoothed is the same whatever is answered, and one huge value fades as it should', async () => {
  const runId = await givenExternalRun();
  const steps = Array.from({ length: 5000 }, (_, index) => index);
  await log({ runId, batchId: 'a', columns: [points('loss', steps, steps.map((step) => (step === 1235 ? 1e12 : 0.5 + (step % 2))))] });
  const ask = async (text: string, columns = '') => (await api.gql(`query ($id: ID!) { metricSeries(runIds: [$id], keys: ["loss"], ${text}) { smoothedExactly points${columns} } }`, { id: runId })).metricSeries[0];
  const whole = await ask('smoothing: 0.9, maxPoints: 5000');
  // By step 2000 the 1e12 weighs 0.1 · 0.9^765 ≈ 1e-36; what stays is the mean of 0.5 and 1.5, nearer to the latest.
  expect(whole.points.smoothed[2000]).toBeCloseTo(1 - 0.5 / 19, 9);
  for (const part of [await ask('smoothing: 0.9, maxPoints: 100'), await ask('smoothing: 0.9, range: { from: 1990, to: 2010 }')]) {
    expect(part.points.steps.length).toBeLessThan(110);
    expect(part).toMatchObject({ smoothedExactly: true, points: { smoothed: part.points.steps.map((step: number) => whole.points.smoothed[step]) } });
  }
  expect(await ask('smoothing: 0.9, range: { to: 0 }', '(columns: [SMOOTHED])')).toEqual({ smoothedExactly: true, points: { smoothed: [0.5] } });
  expect(await ask('range: { to: 0 }', '(columns: [VALUES, SMOOTHED])')).toEqual({ smoothedExactly: null, points: { values: [0.5] } });
});

test('runs of two projects, and only keys that were asked for, are found', async () => {
  const [elsewhere] = await api.db.insert(project).values({ name: 'elsewhere' }).returning({ id: project.id });
  const ids = [await givenExternalRun(), await givenExternalRun(elsewhere!.id)];
  for (const runId of ids) await log({ runId, batchId: 'a', columns: [points('loss', [1], [1]), points('lr', [1], [1])] });
  expect((await series([ids[1]!, ids[0]!], ['loss', 'none'])).map(({ runId, key }: { runId: string; key: string }) => [runId, key])).toEqual([[ids[1], 'loss'], [ids[0], 'loss']]);
});

test('an argument of metricSeries that makes no sense is told', async () => {
  const code = async (text: string) => (await api.post({ query: `{ metricSeries(${text}) { key } }` })).body.errors[0].extensions.code;
  for (const text of ['runIds: [], maxPoints: 0', 'runIds: [], maxPoints: 100001', 'runIds: [], xAxis: METRIC', 'runIds: [], xKey: "epoch"', 'runIds: [], range: { from: 2, to: 1 }', 'runIds: [], smoothing: 1', 'runIds: [], smoothing: -0.1', `runIds: ${JSON.stringify(Array(1001).fill('x'))}`]) {
    expect(await code(text)).toBe('BAD_USER_INPUT');
  }
  expect((await api.gql('{ metricSeries(runIds: ["nope"]) { key } }')).metricSeries).toEqual([]);
});

/** A run that a script logs: no trainer, no lease. */
async function givenExternalRun(projectId?: string): Promise<string> {
  const [owner] = await api.db.select({ id: project.id }).from(project).orderBy(project.createdAt).limit(1);
  const [made] = await api.db.insert(run).values({ projectId: projectId ?? owner!.id, name: 'script', kind: 'EXTERNAL', status: 'RUNNING', config: {} }).returning({ id: run.id });
  return made!.id;
}
const codesOf = async (input: object) => (await log(input)).userErrors.map(({ code }: { code: string }) => code);

test('an external run is logged without a lease, and only without one', async () => {
  const runId = await givenExternalRun();
  expect(await log({ runId, batchId: 'a', columns: [points('loss', [1, 2], [1, 2])] })).toEqual({ accepted: 2, userErrors: [] });
  expect(await codesOf({ runId, leaseToken: 'guess', batchId: 'b', columns: [points('loss', [3], [3])] })).toEqual(['LEASE_LOST']);
  expect(await summary(runId)).toMatchObject([{ count: 2, last: 2 }]);
});

test('a batch id with other content is refused, whatever differs; the same content in another encoding is not', async () => {
  const runId = await givenExternalRun();
  const columns = [points('loss', [1, 2], [0.5, 'NaN'])];
  expect(await log({ runId, batchId: 'a', columns })).toMatchObject({ accepted: 2 });
  const floats = (numbers: number[]) => encodeFloats(Float64Array.from(numbers));
  expect(await log({ runId, batchId: 'a', columns: [{ key: 'loss', steps: floats([1, 2]), times: floats([1_700_000_001, 1_700_000_002]), values: floats([0.5, Number.NaN]) }] })).toEqual({ accepted: 2, userErrors: [] });
  for (const other of [points('loss', [1, 3], [0.5, 'NaN']), points('loss', [1, 2], [0.5, 0.6]), points('acc', [1, 2], [0.5, 'NaN']), { ...points('loss', [1, 2], [0.5, 'NaN']), times: [1, 2] }]) {
    expect(await codesOf({ runId, batchId: 'a', columns: [other] })).toEqual(['BATCH_ID_REUSED']);
  }
  expect(await series([runId])).toMatchObject([{ key: 'loss', count: 2, points: { values: [0.5, 'NaN'] } }]);
});

test('a batch without times may be sent again although the clock has moved on', async () => {
  const runId = await givenExternalRun();
  const batch = { runId, batchId: 'a', columns: [{ key: 'loss', steps: [1], values: [1] }] };
  await log(batch);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await log(batch)).toEqual({ accepted: 1, userErrors: [] });
});

test('a deleted run takes nothing', async () => {
  const runId = await givenExternalRun();
  await api.db.update(run).set({ deletedAt: new Date() }).where(eq(run.id, runId));
  const before = await countChunks(api);
  expect(await codesOf({ runId, batchId: 'a', columns: [points('loss', [1], [1])] })).toEqual(['RUN_DELETED']);
  expect(await countChunks(api)).toBe(before);
});

test('a batch beyond the limits is refused whole, and says how much is allowed', async () => {
  const runId = await givenExternalRun();
  const before = await countChunks(api);
  const many = Array.from({ length: 100_001 }, (_, index) => index);
  const tooLong = await log({ runId, batchId: 'a', columns: [{ key: 'x', steps: many, values: many }] });
  expect(tooLong.userErrors).toEqual([{ field: 'columns', code: 'BATCH_TOO_LARGE', message: expect.stringContaining('at most 100000') }]);
  const tooWide = await log({ runId, batchId: 'a', columns: Array.from({ length: 20_001 }, (_, index) => ({ key: `k${index}`, steps: [1], values: [1] })) });
  expect(tooWide.userErrors).toEqual([{ field: 'columns', code: 'BATCH_TOO_LARGE', message: expect.stringContaining('at most 20000') }]);
  for (const key of ['k'.repeat(513), 'a\u0000b', '\ud800']) expect(await codesOf({ runId, batchId: 'a', columns: [points(key, [1], [1])] })).toEqual(['INVALID_COLUMNS']);
  for (const batchId of ['', 'x'.repeat(201), 'a\u0000']) expect(await codesOf({ runId, batchId, columns: [points('x', [1], [1])] })).toEqual(['INVALID_BATCH_ID']);
  expect(await countChunks(api)).toBe(before);
});

test('a batch as large as is allowed is stored: many points, many keys', async () => {
  const runId = await givenExternalRun();
  const steps = Array.from({ length: 100_000 }, (_, index) => index);
  expect(await log({ runId, batchId: 'long', columns: [{ key: 'long', steps, values: steps.map((step) => Math.sin(step)) }] })).toEqual({ accepted: 100_000, userErrors: [] });
  expect(await log({ runId, batchId: 'wide', columns: Array.from({ length: 20_000 }, (_, index) => ({ key: `wide/${index}`, steps: [1], values: [index] })) })).toEqual({ accepted: 20_000, userErrors: [] });
  expect(await series([runId], ['long', 'wide/19999'], 10)).toMatchObject([{ key: 'long', count: 100_000 }, { key: 'wide/19999', points: { values: [19_999] } }]);
  // A list that names its keys never touches the others.
  const some = await api.gql('query ($id: ID!) { run(id: $id) { metrics(keys: ["wide/7", "wide/8", "none"]) { key last } } }', { id: runId });
  expect(some.run.metrics).toEqual([{ key: 'wide/7', last: 7 }, { key: 'wide/8', last: 8 }]);
  const { body } = await api.post({ query: `{ run(id: "${runId}") { metrics { key } } }` });
  expect(body.errors[0]).toMatchObject({ message: expect.stringContaining('Name the ones you want'), extensions: { code: 'BAD_USER_INPUT' } });
});

test('writers of many runs at once share transactions, and one that is refused spoils none', async () => {
  const runIds = await Promise.all([1, 2, 3, 4].map(() => givenExternalRun()));
  const batches = Array.from({ length: 40 }, (_, index) => ({ runId: runIds[index % 4]!, batchId: `b${index}`, columns: [points('loss', [index], [index])] }));
  const answers = await Promise.all([...batches, { ...batches[0]!, runId: '01890000-0000-7000-8000-000000000000' }, { ...batches[1]!, leaseToken: 'stale' }].map(log));
  expect(answers.slice(0, 40)).toEqual(Array(40).fill({ accepted: 1, userErrors: [] }));
  expect(answers.slice(40).map(({ userErrors }) => userErrors[0].code)).toEqual(['RUN_UNKNOWN', 'LEASE_LOST']);
  const stored = await series(runIds);
  expect(stored.map(({ count }: { count: number }) => count)).toEqual([10, 10, 10, 10]);
  expect((await summary(runIds[3]!))[0]).toMatchObject({ count: 10, last: 39, lastStep: 39, min: 3, max: 39 });
});

test('a run that somebody holds locked holds up no other', async () => {
  const [held, free] = [await givenExternalRun(), await givenExternalRun()];
  const batchOf = (runId: string, batchId: string) => ({ runId, batchId, columns: [points('loss', [1], [1])] });
  let waiting!: Promise<unknown>;
  await api.db.transaction(async (tx) => {
    await tx.select().from(run).where(eq(run.id, held)).for('update');
    waiting = log(batchOf(held, 'a'));
    const answers = await Promise.all(['b', 'c', 'd'].map((batchId) => log(batchOf(free, batchId))));
    expect(answers).toEqual(Array(3).fill({ accepted: 1, userErrors: [] }));
  });
  expect(await waiting).toEqual({ accepted: 1, userErrors: [] });
});

test('two replicas append to one run, and each sees at once what went through the other', async () => {
  await using other = await api.replica();
  const runId = await givenExternalRun();
  const logThrough = async (target: TestApi, step: number, batchId = `b${step}`) =>
    (await target.gql('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { accepted userErrors { code } } }', { input: { runId, batchId, columns: [points('loss', [step], [step])] } })).logMetrics;
  const answers = await Promise.all(Array.from({ length: 60 }, (_, step) => logThrough(step % 2 ? api : other, step)));
  expect(answers).toEqual(Array(60).fill({ accepted: 1, userErrors: [] }));
  // Sent again through the other one, and with other content.
  expect(await logThrough(other, 1)).toEqual({ accepted: 1, userErrors: [] });
  expect(await logThrough(other, 2, 'b1')).toMatchObject({ userErrors: [{ code: 'BATCH_ID_REUSED' }] });
  for (const target of [api, other]) {
    const { run: found } = await target.gql('query ($id: ID!) { run(id: $id) { metrics { count last lastStep min max } } }', { id: runId });
    expect(found.metrics).toEqual([{ count: 60, last: 59, lastStep: 59, min: 0, max: 59 }]);
  }
  expect((await series([runId]))[0].points.steps).toEqual(Array.from({ length: 60 }, (_, step) => step));
});

test('however batches are cut, doubled, mixed up and sent at once, each is stored once', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), async (batches, order) => {
    const runId = await givenExternalRun();
    // Each step has one value, so that the order of arrival does not matter.
    const inputs = batches.map((steps, index) => ({ runId, batchId: `b${index}`, columns: [points('loss', steps, steps.map((step) => step * 2))] }));
    const sent = [...inputs, ...inputs].map((input) => ({ input, at: order.next().value as number })).sort((a, b) => a.at - b.at);
    const answers = await Promise.all(sent.map(({ input }) => log(input)));
    answers.forEach((answer, index) => expect(answer).toEqual({ accepted: sent[index]!.input.columns[0]!.steps.length, userErrors: [] }));
    const distinct = [...new Set(batches.flat())].sort((a, b) => a - b);
    expect(await series([runId])).toMatchObject([{ count: distinct.length, points: { steps: distinct, values: distinct.map((step) => step * 2) } }]);
    expect(await summary(runId)).toMatchObject([{ count: distinct.length, last: distinct.at(-1)! * 2, min: distinct[0]! * 2 }]);
  }), { numRuns: 12 });
});
