import * as tf from '@tensorflow/tfjs';
import { convertModel } from './convert-model';
import { ModelExportError } from './model-export-error';
import type { ModelFile } from './read-model';
import { modelFiles } from './testing';

let files: ModelFile[];
beforeAll(async () => {
  await tf.setBackend('cpu');
  const model = tf.sequential({ layers: [tf.layers.conv2d({ name: 'first', inputShape: [8, 8, 3], filters: 2, kernelSize: 3 }), tf.layers.flatten(), tf.layers.dense({ units: 2, activation: 'softmax' })] });
  files = await modelFiles(model, { inputSize: 8, resize: 'fill', range: [-1, 1] }, ['a', 'b']);
});

const changed = (path: string, change: (bytes: Uint8Array) => Uint8Array) => files.map((file) => (file.path === path ? { path, bytes: change(file.bytes) } : file));
const replaced = (from: string, to: string) => changed('model.json', (bytes) => new TextEncoder().encode(new TextDecoder().decode(bytes).replace(from, to)));
const refusal = (given: readonly ModelFile[]): string => {
  try {
    convertModel(given, 'onnx');
  } catch (error) {
    if (error instanceof ModelExportError) return error.message;
    throw error;
  }
  throw new Error('It was converted.');
};

test('a sequential model is converted', () => {
  expect(convertModel(files, 'saved_model').map(({ path }) => path)).toEqual(['saved_model.pb', 'labels.json', 'preprocessing.json']);
});

test('preprocessing.json beside a converted model takes bytes as they are', () => {
  const written = convertModel(files, 'onnx').find(({ path }) => path === 'preprocessing.json')!;
  expect(JSON.parse(new TextDecoder().decode(written.bytes))).toMatchObject({ inputSize: 8, resize: 'fill', range: [0, 255] });
});

test('a layer that cannot be written is named, with those that can', () => {
  expect(refusal(replaced('"class_name":"Flatten"', '"class_name":"LSTM"'))).toMatch(/The layer flatten_Flatten\d+ is a LSTM, which cannot .* The format tfjs works\. Layers that can: Activation, .*Conv2D/);
});

test('an option that cannot be written is named', () => {
  expect(refusal(replaced('"activation":"softmax"', '"activation":"spin"'))).toMatch(/The layer dense_Dense\d+ \(Dense\) has the activation "spin"/);
});

test.each([
  ['weights.bin is cut', () => changed('weights.bin', (bytes) => bytes.subarray(0, bytes.length - 4)), /weights\.bin is \d+ bytes instead of \d+/],
  ['model.json is no JSON', () => changed('model.json', (bytes) => bytes.subarray(0, 99)), /model\.json is not JSON/],
  ['model.json is another object', () => changed('model.json', () => new TextEncoder().encode('{}')), /model\.json holds no Keras topology/],
  ['labels.json is missing', () => files.filter(({ path }) => path !== 'labels.json'), /it has no file labels\.json/],
  ['a weight has another name', () => replaced('"name":"first/kernel"', '"name":"other/kernel"'), /the layer first lacks its weight "kernel"/],
] satisfies [string, () => ModelFile[], RegExp][])('a damaged model: %s', (_, damage, message) => {
  expect(refusal(damage())).toMatch(message);
});
