import { startTestApi, type TestApi } from '../testing';
import { picture, upload } from '../testing-files';
import { givenClaimedRun } from '../testing-queue';
import { givenBackbone } from '../testing-rows';

let api: TestApi;
let claimed: { runId: string; leaseToken: string };
let pictures: { id: string; label: string; path: string }[];

beforeAll(async () => {
  api = await startTestApi();
  await givenBackbone(api.db, 'mobile');
  const paths = ['train/cat/1.png', 'train/dog/1.png', 'val/cat/1.png', 'val/cat/2.png', 'val/dog/1.png', 'val/dog/2.png'];
  const files = await Promise.all(paths.map(async (path, index) => ({ path, sha256: await upload(api, await picture(index)) })));
  const { createDataset } = await api.gql(
    'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { latestVersion { pictures(split: VAL) { nodes { id label path } } } } userErrors { message } } }',
    { input: { name: 'flowers', files } },
  );
  pictures = createDataset.dataset.latestVersion.pictures.nodes;
  const { runId, leaseToken } = await givenClaimedRun(api);
  claimed = { runId, leaseToken };
});
afterAll(() => api[Symbol.asyncDispose]());

const log = async (input: object) =>
  (await api.gql('mutation ($input: LogArtifactInput!) { logArtifact(input: $input) { artifact { id name kind size digest metadata files { path size } } userErrors { field code message } } }', { input: { ...claimed, ...input } })).logArtifact;
const json = async (value: unknown) => [{ path: 'evaluation.json', sha256: await upload(api, JSON.stringify(value)) }];
const read = async (selection: string) => (await api.gql(`query ($id: ID!) { run(id: $id) { ${selection} } }`, { id: claimed.runId })).run;

test('the same name replaces within the run; only the holder of the lease may log', async () => {
  const files = [{ path: 'model.json', sha256: await upload(api, '{}') }, { path: 'weights.bin', sha256: await upload(api, 'ww') }];
  const first = await log({ name: 'model', kind: 'MODEL', files, metadata: { format: 'tfjs' } });
  expect(first).toMatchObject({ userErrors: [], artifact: { name: 'model', kind: 'MODEL', size: 4, metadata: { format: 'tfjs' }, files: [{ path: 'model.json', size: 2 }, { path: 'weights.bin', size: 2 }] } });
  const second = await log({ name: 'model', kind: 'MODEL', files: files.slice(0, 1) });
  expect(await read('artifacts { id files { path } }')).toEqual({ artifacts: [{ id: second.artifact.id, files: [{ path: 'model.json' }] }] });

  expect((await log({ name: 'model', kind: 'MODEL', files, leaseToken: 'stale' })).userErrors).toMatchObject([{ field: 'leaseToken', code: 'LEASE_LOST' }]);
  expect((await log({ name: 'model', kind: 'MODEL', files, leaseToken: null })).userErrors).toMatchObject([{ code: 'LEASE_LOST' }]);
  expect((await log({ runId: 'nope', name: 'model', kind: 'MODEL', files })).userErrors).toMatchObject([{ code: 'RUN_UNKNOWN' }]);
});

test('files that cannot be kept are refused, all at once', async () => {
  const { userErrors } = await log({ name: ' ', kind: 'FILE', files: [{ path: '../x', sha256: 'f'.repeat(64) }], metadata: [1] });
  expect(userErrors.map(({ code }: { code: string }) => code)).toEqual(['INVALID_NAME', 'PATH_ESCAPES', 'MISSING_BLOB', 'INVALID_METADATA']);
  expect((await log({ name: 'x', kind: 'FILE', files: [] })).userErrors).toMatchObject([{ code: 'NO_FILES' }]);
  expect((await log({ name: 'e', kind: 'EVALUATION', files: await json({ loss: 1 }) })).userErrors).toMatchObject([{ code: 'INVALID_EVALUATION', message: expect.stringContaining('accuracy') }]);
  expect(await read('evaluation { loss }')).toEqual({ evaluation: null });
});

test('the evaluation tells accuracy, confusion and mistakes with their pictures', async () => {
  const classes = ['cat', 'dog'];
  const predictions = [[0, 0.9], [1, 0.7], [0, 0.95], [1, 0.6]].map(([predicted, confidence], index) => ({ picture: pictures[index]!.id, label: classes.indexOf(pictures[index]!.label), predicted, confidence, probabilities: [0.5, 0.5] }));
  expect((await log({ name: 'evaluation', kind: 'EVALUATION', files: await json({ loss: Number.NaN, accuracy: 0.5, top5Accuracy: null, classes, predictions }) })).userErrors).toEqual([]);
  expect(await read('evaluation { loss accuracy }')).toEqual({ evaluation: { loss: null, accuracy: 0.5 } });
  expect((await log({ name: 'evaluation', kind: 'EVALUATION', files: await json({ loss: 0.8, accuracy: 0.5, top5Accuracy: null, classes, predictions }) })).userErrors).toEqual([]);
  const selection = 'pageInfo { hasNextPage endCursor } nodes { label predicted confidence correct picture { id path label url } }';
  const { evaluation } = await read(`evaluation { loss accuracy top5Accuracy classes confusionMatrix perClass { label precision recall f1 support } wrong: predictions(misclassifiedOnly: true) { totalCount ${selection} } all: predictions(first: 3) { totalCount ${selection} } }`);
  expect(evaluation).toMatchObject({
    loss: 0.8, accuracy: 0.5, top5Accuracy: null, classes, confusionMatrix: [[1, 1], [1, 1]],
    perClass: [{ label: 'cat', precision: 0.5, recall: 0.5, f1: 0.5, support: 2 }, { label: 'dog', precision: 0.5, recall: 0.5, f1: 0.5, support: 2 }],
  });
  expect(evaluation.wrong.totalCount).toBe(2);
  expect(evaluation.wrong.nodes).toMatchObject([{ label: 'dog', predicted: 'cat', confidence: 0.95, correct: false, picture: pictures[2] }, { label: 'cat', predicted: 'dog', confidence: 0.7, picture: pictures[1] }]);
  expect(evaluation.all.nodes.map(({ confidence }: { confidence: number }) => confidence)).toEqual([0.95, 0.7, 0.6]);
  const rest = await read(`evaluation { predictions(first: 3, after: "${evaluation.all.pageInfo.endCursor}") { ${selection} } }`);
  expect(rest.evaluation.predictions).toMatchObject({ pageInfo: { hasNextPage: false }, nodes: [{ confidence: 0.9, correct: true, picture: pictures[0] }] });
});

test('the evaluation tells calibration, averages, what pretraining bought, and the mistakes of one cell of the matrix', async () => {
  const classes = ['cat', 'dog'];
  const predictions = [[0, 0.9], [1, 0.75], [0, 1], [1, 0.5]].map(([predicted, confidence], index) => ({ picture: pictures[index]!.id, label: classes.indexOf(pictures[index]!.label), predicted, confidence, probabilities: predicted === 0 ? [confidence, 1 - confidence!] : [1 - confidence!, confidence] }));
  const transferGain = [
    { baseline: 'probe', accuracy: null, gain: null, low: null, high: null, bestEpoch: 0, epochs: 2, problem: 'It diverged.' },
    { baseline: 'twin', accuracy: 0.25, gain: 0.25, low: -0.25, high: 0.75, bestEpoch: 1, epochs: 3, problem: null },
  ];
  const files = await json({ version: 2, loss: 0.8, accuracy: 0.5, top5Accuracy: null, classes, predictions, transferGain });
  expect((await log({ name: 'evaluation', kind: 'EVALUATION', files })).userErrors).toEqual([]);
  const average = '{ precision recall f1 }';
  const { evaluation } = await read(`evaluation { macroAverage ${average} weightedAverage ${average} brier logLoss calibration { ece maximumError bins { lower upper count confidence accuracy } } transferGain { baseline accuracy gain low high bestEpoch epochs problem } cell: predictions(label: "cat", predicted: "dog") { totalCount nodes { label predicted confidence } } }`);
  expect(evaluation).toMatchObject({
    macroAverage: { precision: 0.5, recall: 0.5, f1: 0.5 }, weightedAverage: { precision: 0.5, recall: 0.5, f1: 0.5 },
    brier: expect.closeTo((2 * (0.1 ** 2 + 0.75 ** 2 + 1 + 0.5 ** 2)) / 4, 9),
    calibration: { ece: expect.closeTo((0.1 + 0.75 + 1 + 0.5) / 4, 9), maximumError: expect.any(Number) },
    transferGain: [{ ...transferGain[0], baseline: 'RANDOM_PROBE' }, { ...transferGain[1], baseline: 'SCRATCH' }],
    cell: { totalCount: 1, nodes: [{ label: 'cat', predicted: 'dog', confidence: 0.75 }] },
  });
  expect(evaluation.calibration.bins[14]).toEqual({ lower: 14 / 15, upper: 1, count: 1, confidence: 1, accuracy: 0 });
  const { body } = await api.post({ query: `{ run(id: "${claimed.runId}") { evaluation { predictions(label: "cow") { totalCount } } } }` });
  expect(body.errors[0]).toMatchObject({ message: expect.stringContaining('cat, dog'), extensions: { code: 'BAD_USER_INPUT' } });
});
