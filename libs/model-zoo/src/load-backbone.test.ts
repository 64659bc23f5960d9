import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { builtInFolder, findCatalogueEntry, type BackboneSpec } from './catalogue';
import { inspectLayersModel } from './inspect';
import { loadBackbone } from './load-backbone';
import type { ReadFile } from './read-model-json';

beforeAll(() => tf.setBackend('cpu'));

const digits = findCatalogueEntry('digits')!;
const digitsFile = (name: string) => new Uint8Array(readFileSync(path.join(builtInFolder(digits), name)));

/** The digits backbone's files, some replaced; null leaves one out. */
function digitsFiles(changes: Record<string, Uint8Array | string | null> = {}): [{ path: string; sha256: string; size: number }[], ReadFile] {
  const contents: Record<string, Uint8Array | string | null> = { 'model.json': digitsFile('model.json'), 'weights.bin': digitsFile('weights.bin'), ...changes };
  const files = Object.entries(contents).filter(([, content]) => content !== null).map(([name]) => ({ path: name, sha256: '', size: 0 }));
  return [files, (name) => Promise.resolve(typeof contents[name] === 'string' ? new TextEncoder().encode(contents[name]) : (contents[name] as Uint8Array))];
}

type Manifest = { paths: string[]; weights: { name: string; shape: number[] }[] }[];

/** The digits model.json after a change to its parsed form. */
function changedJson(change: (json: { format?: string; modelTopology: Record<string, unknown>; weightsManifest: Manifest }) => void): string {
  const json = JSON.parse(new TextDecoder().decode(digitsFile('model.json')));
  change(json);
  return JSON.stringify(json);
}

/** Both loaders must say the same, and leave nothing in memory. */
async function problemsOf(changes: Record<string, Uint8Array | string | null>): Promise<string> {
  const before = tf.memory().numTensors;
  const inspected = await inspectLayersModel(...digitsFiles(changes));
  expect(inspected.ok).toBe(false);
  const problems = inspected.ok ? [] : inspected.problems;
  await expect(loadBackbone(digits, ...digitsFiles(changes))).rejects.toMatchObject({ name: 'BackboneError', problems });
  expect(tf.memory().numTensors).toBe(before);
  return problems.join('\n');
}

test('the built-in backbone loads with its weights', async () => {
  const { model } = await loadBackbone(digits, ...digitsFiles());
  const kernel = await model.getLayer('block1_conv1').getWeights()[0]!.data();
  expect(kernel.some((value) => value !== 0)).toBe(true);
  expect(model.countParams()).toBe(digits.parameters);
  model.dispose();
});

test('inspection finds out by itself what the catalogue says of the built-in backbone', async () => {
  const inspected = await inspectLayersModel(...digitsFiles());
  if (!inspected.ok) throw new Error(inspected.problems.join());
  expect(inspected.parameters).toBe(digits.parameters);
  expect(inspected.spec).toMatchObject({ architecture: 'layers_model', featureLayer: 'features', preprocessing: digits.preprocessing });
  expect(inspected.spec.blocks.map(({ firstLayer }) => firstLayer)).toEqual(['block1_conv1', 'block1_conv2', 'block2_conv1', 'block2_conv2', 'block3_conv1', 'block3_conv2']);
});

test('a missing shard is named', async () => {
  expect(await problemsOf({ 'weights.bin': null })).toBe('model.json names a weight file that is not there: weights.bin. Import the whole folder.');
});

test('a truncated shard is named with its size and the size it should have', async () => {
  const size = digitsFile('weights.bin').length;
  expect(await problemsOf({ 'weights.bin': digitsFile('weights.bin').slice(0, 1000) })).toMatch(new RegExp(`^weights.bin is 1000 bytes, .* take ${size}\\.`));
});

test('a weight that is missing is named with its shape', async () => {
  const json = changedJson(({ weightsManifest }) => { weightsManifest[0]!.weights[0]!.name = 'other/kernel'; });
  expect(await problemsOf({ 'model.json': json })).toContain('lack 1 of 30 weights: block1_conv1/kernel [3, 3, 3, 16]');
});

test('a weight of the wrong shape is named with what was wanted and what was found', async () => {
  const json = changedJson(({ weightsManifest }) => { weightsManifest[0]!.weights[0]!.shape = [3, 3, 16, 3]; });
  expect(await problemsOf({ 'model.json': json })).toBe('Layer block1_conv1: weight block1_conv1/kernel should be [3, 3, 3, 16] but the file holds [3, 3, 16, 3].');
});

test('every problem is reported at once', async () => {
  const json = changedJson(({ weightsManifest }) => {
    weightsManifest[0]!.weights[0]!.name = 'other/kernel';
    weightsManifest[0]!.weights[1]!.shape = [4, 4];
  });
  expect((await problemsOf({ 'model.json': json })).split('\n')).toHaveLength(2);
});

test.each([
  ['no model.json', { 'model.json': null }, 'There is no model.json among the files (weights.bin)'],
  ['a SavedModel', { 'model.json': null, 'saved_model.pb': '' }, 'SavedModel, which cannot be trained here'],
  ['several files of Keras', { 'model.json': null, 'weights.bin': null, 'model.h5': '', 'weights.h5': '' }, 'are several files of Keras'],
  ['a graph model', { 'model.json': changedJson((json) => { json.format = 'graph-model'; }) }, 'graph model, which is frozen for good'],
  ['no JSON', { 'model.json': 'hello' }, 'model.json is not JSON'],
  ['no topology', { 'model.json': '{"modelTopology":{}}' }, 'holds no Keras topology'],
  ['no manifest', { 'model.json': changedJson((json) => { delete (json as { weightsManifest?: Manifest }).weightsManifest; }) }, 'no weightsManifest'],
  ['a layer tfjs does not know', { 'model.json': new TextDecoder().decode(digitsFile('model.json')).replaceAll('"Activation"', '"Swirl"') }, 'cannot build this model: Unknown layer: Swirl'],
])('%s is refused with a reason', async (_, changes, message) => {
  expect(await problemsOf(changes as Record<string, string | null>)).toContain(message);
});

/** Files of a model made here. */
async function filesOf(model: tf.LayersModel): Promise<[{ path: string }[], ReadFile]> {
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(tf.io.withSaveHandler((artifacts) => { saved = artifacts; return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }); }));
  const json = JSON.stringify({ modelTopology: saved!.modelTopology, weightsManifest: [{ paths: ['w'], weights: saved!.weightSpecs }] });
  const contents: Record<string, Uint8Array> = { 'model.json': new TextEncoder().encode(json), w: new Uint8Array(saved!.weightData as ArrayBuffer) };
  return [Object.keys(contents).map((name) => ({ path: name })), (name) => Promise.resolve(contents[name]!)];
}

test.each([
  [[28, 20, 3], '28 × 20 pixels'],
  [[28, 28, 1], 'with 3 channels last'],
  [[null, null, 3], 'any size'],
  [[12], 'takes pictures, [size, size, 3]'],
])('an input of %j is refused', async (shape, message) => {
  const input = tf.input({ shape: shape as number[] });
  const output = shape.length === 1 ? tf.layers.dense({ units: 2 }).apply(input) : tf.layers.conv2d({ filters: 2, kernelSize: 3 }).apply(input);
  const inspected = await inspectLayersModel(...(await filesOf(tf.model({ inputs: input, outputs: output as tf.SymbolicTensor }))));
  expect(inspected).toMatchObject({ ok: false, problems: [expect.stringContaining(message)] });
});

test('an unknown residual model is cut before its pooling, and its blocks never start inside a branch', async () => {
  const input = tf.input({ shape: [16, 16, 3] });
  const conv = (name: string, x: tf.SymbolicTensor) => tf.layers.conv2d({ name, filters: 4, kernelSize: 3, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  const stem = conv('stem', input);
  const sum = tf.layers.add({ name: 'sum' }).apply([conv('branch2', conv('branch1', stem)), stem]) as tf.SymbolicTensor;
  const last = conv('last', sum);
  const output = tf.layers.dense({ name: 'old_head', units: 7 }).apply(tf.layers.globalAveragePooling2d({}).apply(last)) as tf.SymbolicTensor;
  const inspected = await inspectLayersModel(...(await filesOf(tf.model({ inputs: input, outputs: output }))));
  expect(inspected).toMatchObject({ ok: true, spec: { featureLayer: 'last', blocks: [{ name: 'stem' }, { name: 'branch1' }, { name: 'last' }] } });
});

test('a spec that does not fit the model is refused', async () => {
  const spec: BackboneSpec = { ...digits, featureLayer: 'nowhere', preprocessing: { ...digits.preprocessing, inputSize: 32 } };
  await expect(loadBackbone(spec, ...digitsFiles())).rejects.toMatchObject({ problems: ['digits should have a layer nowhere, but the model does not.', 'digits should take 32 pixels, but the model takes 28.'] });
});

const mobilenet = path.resolve(__dirname, '../../../../shared/models/mobilenet_v1_0.75_224_layers');
const whenPresent = existsSync(mobilenet) ? test : test.skip;

whenPresent(`MobileNet V1 is recognised${existsSync(mobilenet) ? '' : ' (skipped: no ../shared/models)'}`, async () => {
  const inspected = await inspectLayersModel(readdirSync(mobilenet).map((name) => ({ path: name })), (name) => readFile(path.join(mobilenet, name)));
  const { architecture, blocks, featureLayer, preprocessing, parameters } = findCatalogueEntry('mobilenet_v1_0.75_224')!;
  expect(inspected).toMatchObject({ ok: true, parameters, spec: { architecture, blocks, featureLayer, preprocessing } });
});
