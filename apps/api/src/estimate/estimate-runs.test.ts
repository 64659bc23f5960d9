import { startTestApi, type TestApi } from '../testing';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
});
afterAll(() => api[Symbol.asyncDispose]());

const estimateRuns = async (input: object) =>
  (await api.gql('query ($input: EstimateRunsInput!) { estimateRuns(input: $input) { runs { seconds low high epochs basedOn similarity reason } seconds ahead aheadSeconds slots } }', { input: { dataset: 'flowers', backbone: 'mobile', configs: [{}], ...input } })).estimateRuns;

test('without finished runs there is a reason in place of a time', async () => {
  expect(await estimateRuns({})).toEqual({ runs: [{ seconds: null, low: null, high: null, epochs: null, basedOn: 0, similarity: null, reason: expect.stringContaining('No run has finished here yet') }], seconds: null, ahead: 0, aheadSeconds: null, slots: 0 });
  expect((await estimateRuns({ configs: [{ epochs: 0 }] })).runs).toMatchObject([{ seconds: null, reason: expect.stringContaining('epochs is 0') }]);
});

test('a run that a trainer finished tells of the next, and what waits stands before it', async () => {
  const launch = async (config: object) => (await api.gql('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { message } } }', { input: { dataset: 'flowers', backbone: 'mobile', config } })).launchRun.run.id;
  const id = await launch({ freeze: 'full', epochs: 3 });
  const { trainer } = (await api.gql('mutation { registerTrainer(input: { name: "t", backend: "cpu", slots: 1 }) { trainer { id } userErrors { message } } }')).registerTrainer;
  const { leaseToken } = (await api.gql('mutation ($id: ID!) { claimRun(input: { trainerId: $id }) { leaseToken } }', { id: trainer.id })).claimRun;
  const now = Date.now() / 1000;
  await api.gql('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { userErrors { message } } }', { input: { runId: id, leaseToken, batchId: 'b1', columns: [{ key: 'val/accuracy', steps: [1, 2, 3], times: [now - 20, now - 10, now], values: [0.5, 0.6, 0.7] }] } });
  await api.gql('mutation ($input: SettleRunInput!) { settleRun(input: $input) { userErrors { message } } }', { input: { runId: id, leaseToken, status: 'FINISHED', endReason: 'COMPLETED', epochs: 3, bestEpoch: 3 } });

  // Ten seconds for each epoch.
  const { runs, seconds, aheadSeconds } = await estimateRuns({ configs: [{ freeze: 'full', epochs: 6, earlyStopping: false }, { freeze: 'head' }] });
  expect(runs).toMatchObject([{ basedOn: 1, epochs: 6, reason: null, similarity: 'the same backbone, dataset and layers' }, { seconds: null, reason: expect.stringContaining('unfroze') }]);
  expect(runs[0].seconds).toBeGreaterThanOrEqual(0);
  expect(seconds).toBeNull();
  expect(aheadSeconds).toBe(0);
  await launch({ freeze: 'full', epochs: 3 });
  expect(await estimateRuns({ configs: [{ freeze: 'full', epochs: 6 }] })).toMatchObject({ ahead: 1, slots: 1, aheadSeconds: expect.any(Number) });
});

test('what does not exist is named', async () => {
  const { body } = await api.post({ query: '{ estimateRuns(input: { dataset: "flwers", backbone: "mobile", configs: [{}] }) { ahead } }' });
  expect(body.errors).toMatchObject([{ message: expect.stringContaining('Did you mean "flowers"'), extensions: { code: 'BAD_USER_INPUT' } }]);
});
