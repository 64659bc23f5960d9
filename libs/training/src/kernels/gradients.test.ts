import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { batchNormTraining } from './batch-norm';
import { layerNorm } from './layer-norm';
import { rectify } from './rectifiers';
import { registerMissingKernels } from './register-missing-kernels';

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
  registerMissingKernels('wasm');
});

type Make = () => { inputs: tf.Tensor[]; f: (...inputs: tf.Tensor[]) => tf.Tensor };

/** Value and gradients under random output weights, on one backend. */
async function gradientsOn(backend: string, make: Make): Promise<number[][]> {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const { inputs, f } = make();
    const shape = f(...inputs).shape;
    const weights = tf.randomUniform(shape, -1, 1, 'float32', 5);
    const { value, grads } = tf.valueAndGrads((...args) => tf.sum(tf.mul(f(...(args as tf.Tensor[])), weights)) as tf.Scalar)(inputs);
    return [value, ...grads].map((tensor) => [...tensor.dataSync()]);
  });
}

const random = (shape: number[], seed: number) => tf.randomUniform(shape, -1, 1, 'float32', seed);

async function expectSame(make: Make): Promise<void> {
  const wasm = await gradientsOn('wasm', make);
  const cpu = await gradientsOn('cpu', make);
  expect(wasm.map((values) => values.length)).toEqual(cpu.map((values) => values.length));
  wasm.forEach((values, part) => values.forEach((value, index) => expect(Math.abs(value - cpu[part]![index]!)).toBeLessThan(1e-3)));
}

const cases = [1, 2, 3].flatMap((stride) => (['same', 'valid'] as const).flatMap((pad) => [1, 2, 3].map((kernel) => ({ stride, pad, kernel }))));

test.each(cases)('conv2d gradients match the cpu backend: kernel $kernel, stride $stride, $pad', ({ stride, pad, kernel }) =>
  expectSame(() => ({
    inputs: [random([2, 7, 8, 3], 1), random([kernel, kernel, 3, 4], 2)],
    f: (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad),
  })));

test.each(cases)('depthwise gradients match the cpu backend: kernel $kernel, stride $stride, $pad', ({ stride, pad, kernel }) =>
  expectSame(() => ({
    inputs: [random([2, 7, 8, 3], 1), random([kernel, kernel, 3, 2], 2)],
    f: (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad),
  })));

test.each([[3, 2, 'same'], [2, 2, 'valid'], [3, 1, 'same'], [3, 2, 'valid']] as const)('pooling gradients match the cpu backend: %d, stride %d, %s', async (size, stride, pad) => {
  // Rectified input is full of ties at zero.
  await expectSame(() => ({ inputs: [tf.relu(random([2, 6, 7, 3], 1))], f: (x) => tf.maxPool(x as tf.Tensor4D, size, stride, pad) }));
  // The cpu backend's gradient is wrong at padded edges.
  if (pad === 'valid') await expectSame(() => ({ inputs: [random([2, 6, 7, 3], 1)], f: (x) => tf.avgPool(x as tf.Tensor4D, size, stride, pad) }));
});

test.each(['wasm', 'cpu'])('training batch normalisation equals the composed definition on %s', async (backend) => {
  const inputs = () => [random([4, 5, 5, 3], 1), random([3], 2), random([3], 3)];
  const composed = await gradientsOn(backend, () => ({
    inputs: inputs(),
    f: (x, gamma, beta) => {
      const { mean, variance } = tf.moments(x!, [0, 1, 2]);
      return tf.add(tf.mul(tf.div(tf.sub(x!, mean), tf.sqrt(tf.add(variance, 1e-3))), gamma!), beta!);
    },
  }));
  const ours = await gradientsOn(backend, () => ({ inputs: inputs(), f: (x, gamma, beta) => batchNormTraining(x!, gamma!, beta!, 1e-3, () => {}) }));
  ours.forEach((values, part) => values.forEach((value, index) => expect(Math.abs(value - composed[part]![index]!)).toBeLessThan(1e-3)));
});

test.each(['wasm', 'cpu'])('layer normalisation equals the composed definition on %s', async (backend) => {
  for (const shape of [[2, 3, 3, 5], [2, 4, 5], [3, 5]]) {
    const inputs = () => [random(shape, 1), random([5], 2), random([5], 3)];
    const composed = await gradientsOn(backend, () => ({
      inputs: inputs(),
      f: (x, gamma, beta) => {
        const { mean, variance } = tf.moments(x!, -1, true);
        return tf.add(tf.mul(tf.div(tf.sub(x!, mean), tf.sqrt(tf.add(variance, 1e-3))), gamma!), beta!);
      },
    }));
    const ours = await gradientsOn(backend, () => ({ inputs: inputs(), f: (x, gamma, beta) => layerNorm(x!, gamma!, beta!, 1e-3) }));
    ours.forEach((values, part) => values.forEach((value, index) => expect(Math.abs(value - composed[part]![index]!)).toBeLessThan(1e-3)));
  }
});

test('relu and relu6 pass gradients only where they are not flat', async () => {
  await tf.setBackend('wasm');
  const x = tf.tensor1d([-1, 0.5, 5.9, 7]);
  const slope = (name: 'relu' | 'relu6') => [...tf.grad((value) => tf.sum(rectify(value, name)))(x).dataSync()];
  expect(slope('relu')).toEqual([0, 1, 1, 1]);
  expect(slope('relu6')).toEqual([0, 1, 1, 0]);
});
