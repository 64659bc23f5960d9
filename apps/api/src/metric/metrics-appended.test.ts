import { metricChunk, metricSeries } from '@thaw/db';
import { decodePoints, packSeries } from '@thaw/series';
import { eq, sql } from 'drizzle-orm';
import WebSocket from 'ws';
import { startTestApi, type TestApi } from '../testing';
import { type Collected, eventually, follow } from '../testing-events';
import { givenClaimedRun } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';

interface Appended {
  metricsAppended: { cursor: string; resetRunIds: string[]; series: { runId: string; key: string; points: { steps: number[]; values: number[] } }[] };
}

let api: TestApi;
let other: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  other = await api.replica();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const document = `subscription ($runIds: [ID!]!, $keys: [String!], $after: String) {
  metricsAppended(runIds: $runIds, keys: $keys, after: $after) { cursor resetRunIds series { runId key points } }
}`;
const subscribe = (on: TestApi, runIds: string[], more: { keys?: string[]; after?: string } = {}) => follow<Appended>(on, 'metrics', document, { runIds, ...more });

type Owner = Awaited<ReturnType<typeof givenClaimedRun>>;
let batch = 0;
async function log(on: TestApi, { runId, leaseToken }: Owner, steps: number[], key = 'loss') {
  const input = { runId, leaseToken, batchId: String(batch++), columns: [{ key, steps, values: steps.map((step) => step / 2) }] };
  const { logMetrics } = await on.gql('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { userErrors { message } } }', { input });
  expect(logMetrics.userErrors).toEqual([]);
}

const stepsOf = (collected: Collected<Appended>, run: string, key = 'loss') =>
  collected.events.flatMap(({ metricsAppended }) => metricsAppended.series.filter((series) => series.runId === run && series.key === key).flatMap(({ points }) => points.steps));
const lastCursor = (collected: Collected<Appended>) => collected.events.at(-1)!.metricsAppended.cursor;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const cutListening = () => api.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'thaw-listen' and datname = current_database()`);

test('all runs come in one event, every point once, at most four events a second, whichever replica it was logged through', async () => {
  const [first, second] = [await givenClaimedRun(api), await givenClaimedRun(api)];
  await log(api, first, [1]);
  const both = await subscribe(api, [first.runId, second.runId.toUpperCase()]);
  const narrowed = await subscribe(other, [first.runId], { keys: ['accuracy', 'none'] });
  const started = Date.now();
  for (const step of range(2, 21)) {
    await Promise.all([log(api, first, [step]), log(other, second, [step])]);
    if (step % 5 === 0) await log(other, first, [step], 'accuracy');
  }
  await both.until('every step', () => stepsOf(both, first.runId).length >= 20 && stepsOf(both, second.runId).length >= 20 && stepsOf(both, first.runId, 'accuracy').length >= 4);
  expect(stepsOf(both, first.runId)).toEqual(range(2, 21));
  expect(stepsOf(both, second.runId)).toEqual(range(2, 21));
  expect(both.events.length).toBeLessThanOrEqual(Math.ceil((Date.now() - started) / 250) + 1);
  expect(both.events.some(({ metricsAppended }) => new Set(metricsAppended.series.map(({ runId }) => runId)).size === 2)).toBe(true);
  await narrowed.until('every step of one key', () => stepsOf(narrowed, first.runId, 'accuracy').length >= 4);
  expect(stepsOf(narrowed, first.runId, 'accuracy')).toEqual([5, 10, 15, 20]);
  expect(stepsOf(narrowed, first.runId)).toEqual([]);
  await Promise.all([both.stop(), narrowed.stop()]);
});

test('who goes away and comes back, to either replica, gets everything once', async () => {
  const owner = await givenClaimedRun(api);
  const told: number[] = [];
  let after: string | undefined;
  let step = 0;
  for (const [index, on] of [api, other, other, api, other, api].entries()) {
    const collected: Collected<Appended> = await subscribe(on, [owner.runId], { after });
    for (let count = 0; count < 7; count++) await log(count % 2 ? api : other, owner, [++step]);
    // Leaves in the middle: what came is what its last cursor says.
    await collected.until('an event', (events) => events.length >= (index % 2 ? 1 : 2) || told.length + stepsOf(collected, owner.runId).length === step);
    await collected.stop();
    told.push(...stepsOf(collected, owner.runId));
    after = lastCursor(collected);
    await log(api, owner, [++step, ++step]);
  }
  const last = await subscribe(other, [owner.runId], { after });
  await last.until('the rest', () => told.length + stepsOf(last, owner.runId).length >= step);
  expect([...told, ...stepsOf(last, owner.runId)]).toEqual(range(1, step));
  await last.stop();
});

test('nothing is lost or doubled when the listening connection is cut, or notices are', async () => {
  const owner = await givenClaimedRun(api);
  const collected = await subscribe(other, [owner.runId]);
  for (const step of range(1, 20)) {
    if (step % 7 === 0) await cutListening();
    await log(api, owner, [step]);
  }
  // A row without a notice.
  const [series] = await api.db.select().from(metricSeries).where(eq(metricSeries.runId, owner.runId));
  await api.db.insert(metricChunk).values({ seriesId: series!.id, claim: series!.claim, count: 1, firstStep: 21, lastStep: 21, points: packSeries(decodePoints({ steps: [21], times: [0], values: [1] })) });
  await collected.until('every step', () => stepsOf(collected, owner.runId).length >= 21);
  expect(stepsOf(collected, owner.runId)).toEqual(range(1, 21));
  await collected.stop();
});

test('a cursor inside what was melted together, and a run the cursor does not know, are to be read anew', async () => {
  const [melted, kept, added] = [await givenClaimedRun(api), await givenClaimedRun(api), await givenClaimedRun(api)];
  const before = await subscribe(api, [melted.runId, kept.runId]);
  for (const owner of [melted, kept]) await log(api, owner, [1]);
  await before.until('the first steps', () => stepsOf(before, melted.runId).length + stepsOf(before, kept.runId).length === 2);
  const after = lastCursor(before);
  await before.stop();
  for (const owner of [melted, kept, added]) await log(api, owner, [2, 3]);
  const chunks = await api.db
    .select({ seriesId: metricChunk.seriesId, seq: metricChunk.seq, claim: metricChunk.claim })
    .from(metricChunk).innerJoin(metricSeries, eq(metricSeries.id, metricChunk.seriesId)).where(eq(metricSeries.runId, melted.runId)).orderBy(metricChunk.seq);
  const [first, last] = [chunks[0]!, chunks.at(-1)!];
  await api.db.transaction(async (tx) => {
    await tx.delete(metricChunk).where(eq(metricChunk.seriesId, first.seriesId));
    await tx.insert(metricChunk).values({ ...last, firstSeq: first.seq, count: 3, firstStep: 1, lastStep: 3, points: packSeries(decodePoints({ steps: [1, 2, 3], times: [0, 0, 0], values: [1, 2, 3] })) });
  });

  const resumed = await subscribe(other, [melted.runId, kept.runId, added.runId], { after });
  await resumed.until('the rest', () => stepsOf(resumed, kept.runId).length === 2);
  expect(resumed.events[0]!.metricsAppended.resetRunIds.sort()).toEqual([melted.runId, added.runId].sort());
  for (const owner of [melted, kept, added]) await log(api, owner, [4]);
  await resumed.until('what came later', () => [melted, kept, added].every(({ runId }) => stepsOf(resumed, runId).includes(4)));
  expect(stepsOf(resumed, kept.runId)).toEqual([2, 3, 4]);
  expect(stepsOf(resumed, melted.runId)).toEqual([4]);
  await resumed.stop();
});

test('a client that does not read holds nothing up and is told the rest as one', async () => {
  const owner = await givenClaimedRun(api);
  const frames: string[] = [];
  const ws = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await new Promise((resolve) => ws.once('open', resolve));
  ws.send(JSON.stringify({ type: 'connection_init' }));
  await new Promise((resolve) => ws.once('message', resolve));
  ws.on('message', (data) => void frames.push(String(data)));
  ws.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: document, variables: { runIds: [owner.runId] } } }));
  await eventually('the subscription', () => api.services.live.metrics.followers === 1);
  ws.pause();
  const points = 25_000;
  const batches = 20;
  for (const index of range(0, batches - 1)) await log(api, owner, range(index * points, (index + 1) * points - 1));
  const quick = await subscribe(api, [owner.runId]);
  await log(api, owner, [batches * points]);
  await quick.until('the last step', () => stepsOf(quick, owner.runId).length === 1);
  ws.resume();
  const events = () => frames.map((frame) => JSON.parse(frame)).filter(({ type }) => type === 'next').map(({ payload }) => payload.data as Appended);
  const isTold = ({ metricsAppended }: Appended) => metricsAppended.resetRunIds.length > 0 || metricsAppended.series.some((series) => series.points.steps.includes(batches * points));
  await eventually('the rest', () => events().some(isTold));
  // What did not fit into the socket was merged, not queued.
  expect(events().length).toBeLessThan(batches / 2);
  ws.terminate();
  await quick.stop();
});

test('what cannot be followed is refused with its reason', async () => {
  const { runId } = await givenClaimedRun(api);
  const refusal = (variables: Record<string, unknown>) => api.subscribe(document, variables).next().then(() => 'accepted', (error: Error) => error.message.replaceAll('\\"', '"'));
  expect(await refusal({ runIds: ['nonsense'] })).toMatch(/runIds\[0\] is "nonsense"/);
  expect(await refusal({ runIds: Array.from({ length: 1001 }, () => runId) })).toMatch(/1001 ids; at most 1000/);
  for (const after of ['bm9uc2Vuc2U', '%%%', 'A']) expect(await refusal({ runIds: [runId], after })).toMatch(/after is no cursor of metricsAppended/);
});

test('a run that does not exist can be followed beside others', async () => {
  const owner = await givenClaimedRun(api);
  const collected = await subscribe(api, ['01890000-0000-7000-8000-000000000000', owner.runId]);
  await log(api, owner, [1]);
  await collected.until('the step of the run that exists', () => stepsOf(collected, owner.runId).length === 1);
  await collected.stop();
});

test('who leaves, politely or not, leaves nothing behind', async () => {
  const { runId } = await givenClaimedRun(api);
  const watchers = [api, other].map(({ services }) => services.notifier.watchers);
  const polite = await Promise.all(range(1, 5).map(() => subscribe(other, [runId])));
  expect(other.services.live.metrics.followers).toBeGreaterThanOrEqual(1);
  await Promise.all(polite.map((each) => each.stop()));
  await eventually('every follower to be gone', () => other.services.live.metrics.followers + api.services.live.metrics.followers === 0);
  await eventually('the notifier to be left alone', () => [api, other].every(({ services }, index) => services.notifier.watchers <= watchers[index]!));
});

test('subscribers that share an event are each answered what they selected', async () => {
  const owner = await givenClaimedRun(api);
  const named = (name: string, keys?: string[]) => follow<Record<string, { cursor: string; series: object[] }>>(api, 'metrics', `subscription ($runIds: [ID!]!, $keys: [String!], $with: Boolean!) { ${name}: metricsAppended(runIds: $runIds, keys: $keys) { series { key count @include(if: $with) } } }`, { runIds: [owner.runId], keys, with: name !== 'c' });
  const all = [await named('a'), await named('a'), await named('b'), await named('c'), await named('a', ['other'])];
  await log(api, owner, [1, 2]);
  await log(api, owner, [1], 'other');
  await eventually('the events', () => all.every(({ events }, index) => events.flatMap((event) => Object.values(event)[0]!.series).length === (index === 4 ? 1 : 2)));
  const seriesIn = all.map(({ events }) => events.flatMap((event) => Object.entries(event).flatMap(([name, { series }]) => series.map((each) => ({ name, ...each })))));
  const both = (name: string) => [{ name, key: 'loss', count: 2 }, { name, key: 'other', count: 1 }];
  expect(seriesIn).toEqual([both('a'), both('a'), both('b'), [{ name: 'c', key: 'loss' }, { name: 'c', key: 'other' }], [{ name: 'a', key: 'other', count: 1 }]]);
  await Promise.all(all.map((each) => each.stop()));
});
