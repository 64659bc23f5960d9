import { startTestApi, type TestApi } from '../testing';
import { picture, upload } from '../testing-files';

interface Shown { id: string; label: string; path: string }
const classes = ['cat', 'dog'];
let api: TestApi;
let shown: Shown[];
let laterShown: Shown[];

const versionPictures = 'pictures(split: VAL) { nodes { id label path } }';

beforeAll(async () => {
  api = await startTestApi();
  const paths = ['train/cat/1.png', 'train/dog/1.png', 'val/cat/1.png', 'val/cat/2.png', 'val/dog/1.png', 'val/dog/2.png'];
  const files = await Promise.all(paths.map(async (path, index) => ({ path, sha256: await upload(api, await picture(index)) })));
  const { createDataset } = await api.gql(`mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { dataset { latestVersion { ${versionPictures} } } userErrors { message } } }`, { input: { name: 'pets', files } });
  shown = createDataset.dataset.latestVersion.pictures.nodes;
  const { createDatasetVersion } = await api.gql(`mutation ($input: CreateDatasetVersionInput!) { createDatasetVersion(input: $input) { dataset { latestVersion { ${versionPictures} } } userErrors { message } } }`, { input: { dataset: 'pets', remove: [shown[0]!.path] } });
  laterShown = createDatasetVersion.dataset.latestVersion.pictures.nodes;
});
afterAll(() => api[Symbol.asyncDispose]());

/** A run whose model takes the pictures for these classes, so sure of each; no evaluation when there are none. */
async function evaluated(name: string, pictures: Shown[], words: [number, number][], features?: unknown): Promise<string> {
  const { createRun } = await api.gql('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { message } } }', { input: { project: 'default', name } });
  if (words.length > 0) {
    const predictions = words.map(([predicted, confidence], index) => ({ picture: pictures[index]!.id, label: classes.indexOf(pictures[index]!.label), predicted, confidence }));
    const files = [{ path: 'evaluation.json', sha256: await upload(api, JSON.stringify({ loss: 1, accuracy: 0.5, classes, predictions })) }];
    if (features) files.push({ path: 'features.json', sha256: await upload(api, JSON.stringify(features)) });
    const { logArtifact } = await api.gql('mutation ($input: LogArtifactInput!) { logArtifact(input: $input) { userErrors { code message } } }', { input: { runId: createRun.run.id, name: 'evaluation', kind: 'EVALUATION', files } });
    expect(logArtifact.userErrors).toEqual([]);
  }
  return createRun.run.id;
}

const compare = async (args: string) => (await api.gql(`{ comparePredictions(${args}) { totalCount runIds withoutEvaluation classes acrossVersions evaluatedOn counts { all disagree someRight allWrong allRight } pageInfo { hasNextPage endCursor } nodes { label agree picture { path } predictions { runId predicted confidence correct } } } }`)).comparePredictions;

test('the same pictures across runs: where they disagree first, filtered, page by page', async () => {
  const first = await evaluated('first', shown, [[0, 0.9], [0, 0.8], [0, 0.7], [1, 0.6]]);
  const second = await evaluated('second', shown, [[0, 0.5], [1, 0.9], [0, 0.95], [1, 0.99]]);
  const without = await evaluated('without', shown, []);
  const ids = `runIds: ["${first}", "${without}", "${second}"]`;
  const all = await compare(ids);
  expect(all).toMatchObject({ totalCount: 4, runIds: [first, second], withoutEvaluation: [without], classes, acrossVersions: false, evaluatedOn: [4, 4], counts: { all: 4, disagree: 1, someRight: 1, allWrong: 1, allRight: 2 } });
  expect(all.nodes.map(({ picture: { path } }: { picture: Shown }) => path)).toEqual([shown[1]!.path, shown[2]!.path, shown[0]!.path, shown[3]!.path]);
  expect(all.nodes[0]).toEqual({ label: 'cat', agree: false, picture: { path: shown[1]!.path }, predictions: [{ runId: first, predicted: 'cat', confidence: 0.8, correct: true }, { runId: second, predicted: 'dog', confidence: 0.9, correct: false }] });

  const page = await compare(`${ids}, first: 3`);
  expect(page.pageInfo.hasNextPage).toBe(true);
  expect((await compare(`${ids}, first: 3, after: "${page.pageInfo.endCursor}"`)).nodes).toMatchObject([{ picture: { path: shown[3]!.path } }]);
  expect((await compare(`${ids}, agreement: ALL_WRONG`)).nodes).toMatchObject([{ label: 'dog', agree: true }]);
  expect((await compare(`${ids}, label: "cat", predicted: "dog"`)).nodes).toMatchObject([{ picture: { path: shown[1]!.path } }]);
});

test('runs of different dataset versions are compared on the pictures they share', async () => {
  const first = await evaluated('on 1', shown, [[0, 0.9], [0, 0.8], [0, 0.7], [1, 0.6]]);
  const second = await evaluated('on 2', laterShown, [[1, 0.9], [1, 0.8], [0, 0.7]]);
  const { acrossVersions, evaluatedOn, counts, nodes } = await compare(`runIds: ["${first}", "${second}"]`);
  expect({ acrossVersions, evaluatedOn, all: counts.all }).toEqual({ acrossVersions: true, evaluatedOn: [4, 3], all: 3 });
  expect(nodes.map(({ picture: { path }, predictions }: { picture: Shown; predictions: { predicted: string }[] }) => [path, ...predictions.map(({ predicted }) => predicted)])).toEqual(
    expect.arrayContaining([[shown[1]!.path, 'cat', 'dog'], [shown[2]!.path, 'cat', 'dog'], [shown[3]!.path, 'dog', 'cat']]),
  );
});

test('what cannot be compared is refused in words', async () => {
  const problem = (args: string) => api.gql(`{ comparePredictions(${args}) { totalCount } }`).then(() => 'nothing', (error: Error) => error.message);
  const run = await evaluated('alone', shown, [[0, 0.9]]);
  expect(await problem('runIds: []')).toContain('1 to 20 runs');
  expect(await problem('runIds: ["nope"]')).toContain('no id of a run');
  expect(await problem(`runIds: ["${run}"], label: "bird"`)).toContain('Their classes: cat, dog');
  expect(await problem(`runIds: ["${run}"], after: "x"`)).toContain('after');
});

test('features come with their pictures; a file that is cut off is refused', async () => {
  const values = Buffer.alloc(2 * 2 * 4);
  [1.5, -2, 0.25, 8].forEach((value, index) => values.writeFloatLE(value, index * 4));
  const features = { version: 1, rows: [0, 2], channels: 64, dimensions: 2, explained: 0.75, values: values.toString('base64') };
  const run = await evaluated('mapped', shown, [[0, 0.9], [0, 0.8], [0, 0.7], [1, 0.6]], features);
  const read = async (id: string) => (await api.gql(`{ run(id: "${id}") { evaluation { features { dimensions channels explained evaluated values points { label predicted picture { path } } } } } }`)).run.evaluation.features;
  expect(await read(run)).toEqual({
    dimensions: 2, channels: 64, explained: 0.75, evaluated: 4, values: values.toString('base64'),
    points: [{ label: 'cat', predicted: 'cat', picture: { path: shown[0]!.path } }, { label: 'dog', predicted: 'cat', picture: { path: shown[2]!.path } }],
  });
  expect(await read(await evaluated('unmapped', shown, [[0, 0.9]]))).toBeNull();
  await expect(evaluated('cut off', shown, [[0, 0.9]], { ...features, rows: [0] })).rejects.toThrow('16 bytes; 1 rows of 2 floats have 8');
});
