import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Preprocessing } from '@thaw/model-zoo';
import { transformerLayers } from '@thaw/model-zoo/layers/transformer-layers';
import { convertModel, type ConvertedFormat } from './convert-model';
import type { ModelFile } from './read-model';
import { fillWeights, modelFiles, pixels } from './testing';

// Built by `npm run native`.
const native = path.resolve(__dirname, '../../../.native/node_modules/@tensorflow/tfjs-node');

const side = 15;
const preprocessing: Preprocessing = { inputSize: side, resize: 'fill', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const count = 2;
const labels = ['ant', 'bee', 'cat'];

/** A picture through these layers and a softmax of three classes. */
function modelOf(through: (x: tf.SymbolicTensor) => tf.SymbolicTensor): tf.LayersModel {
  const input = tf.input({ shape: [side, side, 3], name: 'picture' });
  const x = through(input);
  const flat = x.shape.length > 2 ? (tf.layers.flatten().apply(x) as tf.SymbolicTensor) : x;
  const model = tf.model({ inputs: input, outputs: tf.layers.dense({ units: labels.length, activation: 'softmax' }).apply(flat) as tf.SymbolicTensor });
  fillWeights(model);
  return model;
}

type Layer = tf.layers.Layer;
const chain = (...layers: Layer[]) => (x: tf.SymbolicTensor) => layers.reduce((value, layer) => layer.apply(value) as tf.SymbolicTensor, x);
const { layers } = tf;

const { classToken, positionEmbedding, attention } = transformerLayers(tf);

const branches = (merge: Layer) => (x: tf.SymbolicTensor) => {
  const one = layers.conv2d({ filters: 4, kernelSize: 1 }).apply(x) as tf.SymbolicTensor;
  const other = layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  return merge.apply([one, other]) as tf.SymbolicTensor;
};
/** As squeeze-and-excitation does. */
const gated = (x: tf.SymbolicTensor) => {
  const wide = layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  const gate = chain(layers.globalAveragePooling2d({}), layers.reshape({ targetShape: [1, 1, 4] }), layers.conv2d({ filters: 4, kernelSize: 1, activation: 'sigmoid' }))(wide);
  return layers.multiply().apply([wide, gate]) as tf.SymbolicTensor;
};
const activated = (activation: string) => chain(layers.conv2d({ filters: 4, kernelSize: 3 }), layers.activation({ activation: activation as 'relu' }));

const networks: Record<string, (x: tf.SymbolicTensor) => tf.SymbolicTensor> = {
  'Conv2D same, stride 2': chain(layers.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same' }), layers.conv2d({ filters: 4, kernelSize: [2, 5], strides: [2, 2], padding: 'same', useBias: false })),
  'Conv2D valid, dilated, activation inside': chain(layers.conv2d({ filters: 5, kernelSize: 3, dilationRate: 2, activation: 'relu' })),
  'Conv2D same, dilated': chain(layers.conv2d({ filters: 5, kernelSize: 3, dilationRate: 2, padding: 'same' })),
  'DepthwiseConv2D': chain(layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'same', depthMultiplier: 2 }), layers.depthwiseConv2d({ kernelSize: 4, padding: 'valid', useBias: false })),
  'SeparableConv2D': chain(layers.separableConv2d({ filters: 6, kernelSize: 3, strides: 2, padding: 'same', depthMultiplier: 2, activation: 'relu6' })),
  'BatchNormalization, ReLU, Dropout': chain(layers.conv2d({ filters: 4, kernelSize: 3 }), layers.batchNormalization({}), layers.reLU({ maxValue: 6 }), layers.batchNormalization({ scale: false, center: false }), layers.reLU({ maxValue: 1 }), layers.dropout({ rate: 0.5 })),
  'LeakyReLU, ELU': chain(layers.leakyReLU({ alpha: 0.1 }), layers.elu({})),
  ...Object.fromEntries(['relu', 'relu6', 'elu', 'selu', 'sigmoid', 'hardSigmoid', 'tanh', 'softplus', 'softsign', 'softmax', 'swish', 'mish', 'gelu', 'gelu_new', 'linear'].map((name) => [`Activation ${name}`, activated(name)])),
  'ZeroPadding2D, MaxPooling2D': chain(layers.zeroPadding2d({ padding: [[1, 2], [0, 3]] }), layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }), layers.maxPooling2d({ poolSize: 2 })),
  'AveragePooling2D': chain(layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }), layers.averagePooling2d({ poolSize: 2, padding: 'valid' })),
  'Cropping2D': chain(layers.conv2d({ filters: 4, kernelSize: 1 }), layers.cropping2D({ cropping: [[1, 2], [3, 0]] })),
  'GlobalAveragePooling2D': chain(layers.conv2d({ filters: 4, kernelSize: 3 }), layers.globalAveragePooling2d({})),
  'GlobalMaxPooling2D': chain(layers.conv2d({ filters: 4, kernelSize: 3 }), layers.globalMaxPooling2d({})),
  'Add': branches(layers.add()),
  'Concatenate': branches(layers.concatenate()),
  'Concatenate rows': branches(layers.concatenate({ axis: 1 })),
  'Multiply, broadcast': gated,
  'Maximum, Minimum': (x) => branches(layers.minimum())(branches(layers.maximum())(x)),
  'LayerNormalization, Dense on a map': chain(layers.conv2d({ filters: 4, kernelSize: 3 }), layers.layerNormalization({ epsilon: 1e-6 }), layers.dense({ units: 6, activation: 'gelu' as 'relu' })),
  'Rescaling': chain(layers.rescaling({ scale: 2, offset: -0.5 })),
  'ThawClassToken, ThawPositionEmbedding, ThawAttention': chain(
    layers.conv2d({ filters: 8, kernelSize: 5, strides: 5 }), layers.reshape({ targetShape: [9, 8] }), classToken({}), positionEmbedding({}),
    layers.dense({ units: 24 }), attention({ heads: 2 }),
  ),
  'Permute, Reshape, Softmax': chain(layers.conv2d({ filters: 4, kernelSize: 3 }), layers.permute({ dims: [3, 1, 2] }), layers.reshape({ targetShape: [13, 52] }), layers.softmax({ axis: -1 })),
};

function byTensorFlowJs(model: tf.LayersModel): Float32Array {
  return tf.tidy(() => {
    const bytes = tf.tensor4d(pixels(count, side), [count, side, side, 3]);
    const prepared = tf.div(tf.sub(tf.div(bytes, 255), tf.tensor1d(preprocessing.mean!)), tf.tensor1d(preprocessing.std!));
    return (model.predict(prepared) as tf.Tensor).dataSync() as Float32Array;
  });
}

/** Probabilities by network, or what went wrong. */
type Answers = Record<string, number[] | string>;

/** Converts every network and lets another program predict: "onnx" or the path of tfjs-node. */
function elsewhere(format: ConvertedFormat, runtime: string): Answers {
  const folder = mkdtempSync(path.join(tmpdir(), 'thaw-converted-'));
  try {
    const input = JSON.stringify({ shape: [count, side, side, 3], values: [...pixels(count, side)] });
    for (const [name, { files }] of cases) {
      mkdirSync(path.join(folder, name));
      for (const file of convertModel(files, format)) writeFileSync(path.join(folder, name, file.path), file.bytes);
      writeFileSync(path.join(folder, name, 'pixels.json'), input);
    }
    const { stdout, stderr } = spawnSync(process.execPath, [path.join(__dirname, '../scripts/predict.mjs'), runtime, folder], { encoding: 'utf8', env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' } });
    const answer = stdout.split('\n').find((line) => line.startsWith('{'));
    if (!answer) throw new Error(`predict.mjs ${runtime} said nothing: ${stderr}`);
    return JSON.parse(answer) as Answers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const largestDifference = (a: readonly number[], b: Float32Array): number => a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), a.length === b.length ? 0 : Infinity);

/** Networks as a run leaves them, and what TensorFlow.js makes of the pictures. */
const cases = new Map<string, { files: ModelFile[]; wanted: Float32Array }>();
beforeAll(async () => {
  await tf.setBackend('cpu');
  for (const [name, through] of Object.entries(networks)) {
    const model = modelOf(through);
    cases.set(name, { files: await modelFiles(model, preprocessing, labels), wanted: byTensorFlowJs(model) });
    model.dispose();
  }
});

describe('ONNX Runtime computes what TensorFlow.js does', () => {
  let answers: Answers;
  beforeAll(() => { answers = elsewhere('onnx', 'onnx'); }, 60_000);
  test.each(Object.keys(networks))('%s', (name) => compare(name, answers));
});

(existsSync(native) ? describe : describe.skip)(`TensorFlow computes what TensorFlow.js does${existsSync(native) ? '' : ' (skipped: `npm run native` has not been run)'}`, () => {
  let answers: Answers;
  beforeAll(() => { answers = elsewhere('saved_model', native); }, 60_000);
  test.each(Object.keys(networks))('%s', (name) => compare(name, answers));
});

function compare(name: string, answers: Answers): void {
  const { wanted } = cases.get(name)!;
  // A saturated softmax would hide differences.
  expect(Math.max(...wanted)).toBeLessThan(0.9999);
  expect(answers[name]).toBeInstanceOf(Array);
  expect(largestDifference(answers[name] as number[], wanted)).toBeLessThan(1e-5);
}
