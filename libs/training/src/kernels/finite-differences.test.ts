import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { batchNormTraining } from './batch-norm';
import { addBias } from './bias';
import { rectify } from './rectifiers';
import { registerMissingKernels } from './register-missing-kernels';

// Built by `npm run native`.
const folder = path.resolve(__dirname, '../../../../.native/node_modules/@tensorflow/tfjs-node');
const present = existsSync(folder);

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package is there only where it was built
  if (present) require(folder);
});

type F = (...inputs: tf.Tensor[]) => tf.Tensor;

const size = tf.util.sizeFromShape;
/** In a fixed irregular order, values 0.05 apart and none within 0.02 of 0: steps of 0.01 cross no kink and change no maximum. */
const spread = (shape: number[], seed: number) => tf.tensor(Float32Array.from({ length: size(shape) }, (_, index) => 0.05 * (((index * 37 + seed * 11) % 101) - 50) + 0.025), shape);
const direction = (shape: number[], seed: number) => tf.tensor(Float32Array.from({ length: size(shape) }, (_, index) => Math.cos(1.3 * index + seed)), shape);

const map = [2, 6, 7, 3];
const layer = (make: tf.layers.Layer): F => (x) => make.apply(x!) as tf.Tensor;

const cases: [name: string, shapes: number[][], f: F][] = [
  ...[1, 2].flatMap((stride): [string, number[][], F][] => (['same', 'valid'] as const).flatMap((pad): [string, number[][], F][] => [
    [`convolution, stride ${stride}, ${pad}`, [map, [3, 3, 3, 4]], (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad)],
    [`depthwise convolution, stride ${stride}, ${pad}`, [map, [3, 3, 3, 1]], (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad)],
  ])),
  ['bias', [map, [3]], (x, bias) => addBias(x!, bias!)],
  ['frozen bias', [map], (x) => addBias(x!, tf.tensor1d([1, 2, 3]))],
  ['batch normalisation', [map, [3], [3]], (x, gamma, beta) => batchNormTraining(x!, gamma!, beta!, 1e-3, () => {})],
  ['relu', [map], (x) => rectify(x!, 'relu')],
  ['relu6', [map], (x) => rectify(tf.mul(x!, 4), 'relu6')],
  ['swish', [map], layer(tf.layers.activation({ activation: 'swish' as 'relu' }))],
  ['gelu', [map], layer(tf.layers.activation({ activation: 'gelu' as 'relu' }))],
  ['hard swish', [map], (x) => tf.mul(x!, tf.div(rectify(tf.add(x!, 3), 'relu6'), 6))],
  ['layer normalisation', [map], layer(tf.layers.layerNormalization({ axis: -1, epsilon: 1e-3 }))],
  ['broadcast product', [map, [2, 1, 1, 3]], (x, gate) => tf.mul(x!, tf.sigmoid(gate!))],
  ['max pooling', [map], (x) => tf.maxPool(x as tf.Tensor4D, 3, 2, 'same')],
  ['average pooling', [map], (x) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'same')],
  ['global pooling', [map], (x) => tf.mean(x!, [1, 2])],
  ['concatenation', [map, map], (a, b) => tf.concat([a!, b!], 3)],
];

const backends = [['wasm', 'wasm'], ['tensorflow', present ? 'native' : 'native (skipped: `npm run native` has not been run)']] as const;

describe.each(backends)('%s', (backend, label) => {
  const run = backend === 'wasm' || present ? test : test.skip;

  run.each(cases)(`the gradient of %s is its slope, ${label}`, async (_, shapes, f) => {
    await tf.setBackend(backend);
    tf.tidy(() => {
      const inputs = shapes.map((shape, index) => spread(shape, index));
      const weights = direction(f(...inputs).shape, 5);
      const value: F = (...given) => tf.sum(tf.mul(f(...given), weights));
      const gradients = tf.grads(value as (...given: tf.Tensor[]) => tf.Scalar)(inputs);
      inputs.forEach((input, position) => {
        const step = direction(input.shape, position);
        const along = (distance: number) => value(...inputs.map((one, index) => (index === position ? tf.add(one, tf.mul(step, distance)) : one))).dataSync()[0]!;
        const slope = (along(0.01) - along(-0.01)) / 0.02;
        const found = tf.sum(tf.mul(gradients[position]!, step)).dataSync()[0]!;
        // Float32 sums of some hundred values of size 1, divided by 0.02.
        expect(Math.abs(found - slope)).toBeLessThan(0.02 * Math.max(1, Math.abs(slope)));
      });
    });
  });
});
