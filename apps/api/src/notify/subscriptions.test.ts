import { setTimeout as sleep } from 'node:timers/promises';
import { startTestApi, type TestApi } from '../testing';
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

test('a subscription that asks wrongly is told what is wrong', async () => {
  const wrong = api.subscribe('subscription { runChanged { nope } }');
  await expect(wrong.next()).rejects.toMatchObject([{ message: expect.stringContaining('nope') }]);
});
