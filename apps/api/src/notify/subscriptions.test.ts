import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { givenClaimedRun } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

/** Collects events from now on; a subscription is in place a moment after it was asked for. */
async function collect(query: string, variables?: Record<string, unknown>) {
  const events: unknown[] = [];
  const subscription = api.subscribe(query, variables);
  const reading = (async () => {
    for await (const event of subscription) events.push(event);
  })();
  await sleep(200);
  return {
    events,
    async until(count: number) {
      for (let waited = 0; events.length < count; waited += 20) {
        if (waited > 5000) throw new Error(`${events.length} of ${count} events came: ${JSON.stringify(events)}`);
        await sleep(20);
      }
      return events;
    },
    stop: () => Promise.race([subscription.return(undefined), reading]),
  };
}

const launch = async (): Promise<string> => (await api.gql('mutation { launchRun(input: { dataset: "flowers", backbone: "mobile" }) { run { id } } }')).launchRun.run.id;
const log = (runId: string, leaseToken: string, step: number) =>
  api.gql('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { userErrors { code } } }', { input: { runId, leaseToken, batchId: String(step), columns: [{ key: 'loss', steps: [step], times: [step], values: [step / 2] }] } });

test('a launched run is announced to trainers and to its page', async () => {
  const queued = await collect('subscription { runQueued { id } }');
  const changed = await collect('subscription { runChanged { id status name metrics { key } } }');
  const id = await launch();
  expect(await queued.until(1)).toEqual([{ runQueued: { id } }]);
  expect(await changed.until(1)).toEqual([{ runChanged: { id, status: 'QUEUED', name: 'head-1', metrics: [] } }]);
  await api.gql('mutation ($id: ID!) { updateRun(input: { id: $id, name: "renamed" }) { run { id } } }', { id });
  expect((await changed.until(2))[1]).toMatchObject({ runChanged: { name: 'renamed' } });
});

test('runChanged can be narrowed to a run or a project', async () => {
  const [followed, other] = [await launch(), await launch()];
  const one = await collect('subscription ($id: ID) { runChanged(id: $id) { id status } }', { id: followed });
  const elsewhere = await collect('subscription { runChanged(project: "elsewhere") { id } }');
  for (const id of [other, followed]) await api.gql('mutation ($id: ID!) { cancelRun(id: $id) { run { id } } }', { id });
  expect(await one.until(1)).toEqual([{ runChanged: { id: followed, status: 'CANCELLED' } }]);
  await sleep(100);
  expect(elsewhere.events).toEqual([]);
});

test('metrics arrive as they are logged, every point once, at most four times a second', async () => {
  const { runId, leaseToken } = await givenClaimedRun(api);
  await log(runId, leaseToken, 1);
  const appended = await collect('subscription ($runIds: [ID!]!) { metricsAppended(runIds: $runIds) { runId series { key points } } }', { runIds: [runId] });
  const started = Date.now();
  for (let step = 2; step <= 21; step++) await log(runId, leaseToken, step);
  const steps = () => (appended.events as { metricsAppended: { series: { points: { steps: number[] } }[] } }[]).flatMap(({ metricsAppended }) => metricsAppended.series[0]!.points.steps);
  for (let waited = 0; steps().length < 20 && waited < 5000; waited += 20) await sleep(20);
  expect(steps()).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
  expect(appended.events.length).toBeLessThanOrEqual(Math.ceil((Date.now() - started) / 250) + 1);
});

test('a subscription outlives the loss of the listening connection', async () => {
  const { runId, leaseToken } = await givenClaimedRun(api);
  const appended = await collect('subscription ($runIds: [ID!]!) { metricsAppended(runIds: $runIds) { series { points } } }', { runIds: [runId] });
  await api.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'thaw-listen' and datname = current_database()`);
  await log(runId, leaseToken, 1);
  expect(await appended.until(1)).toMatchObject([{ metricsAppended: { series: [{ points: { steps: [1] } }] } }]);
  await log(runId, leaseToken, 2);
  await appended.until(2);
});

test('a subscription that asks wrongly is told what is wrong', async () => {
  const wrong = api.subscribe('subscription { runChanged { nope } }');
  await expect(wrong.next()).rejects.toMatchObject([{ message: expect.stringContaining('nope') }]);
});
