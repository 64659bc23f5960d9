import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { batchNormTraining, type BatchStatistics } from '../batch-norm';
import { rectify } from '../rectifiers';

// Built by `npm run native`.
const folder = path.resolve(__dirname, '../../../../../.native/node_modules/@tensorflow/tfjs-node');
const present = existsSync(folder);
const whenPresent = present ? test : test.skip;
const note = present ? '' : ' (skipped: `npm run native` has not been run)';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the package is there only where it was built
beforeAll(() => { if (present) require(folder); });

/** Value and gradients of f under random output weights. */
async function on(backend: string, inputs: () => tf.Tensor[], f: (...inputs: tf.Tensor[]) => tf.Tensor): Promise<number[][]> {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const given = inputs();
    const weights = tf.tensor(Float32Array.from({ length: f(...given).size }, (_, index) => Math.sin(index)), f(...given).shape);
    const { value, grads } = tf.valueAndGrads((...args) => tf.sum(tf.mul(f(...(args as tf.Tensor[])), weights)) as tf.Scalar)(given);
    return [value, ...grads].map((tensor) => [...tensor.dataSync()]);
  });
}

const ramp = (shape: number[], step: number) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, index) => 4 * Math.cos(index * step)), shape);

async function expectSame(inputs: () => tf.Tensor[], f: (...inputs: tf.Tensor[]) => tf.Tensor): Promise<void> {
  const [native, cpu] = [await on('tensorflow', inputs, f), await on('cpu', inputs, f)];
  native.forEach((values, part) => values.forEach((value, index) => expect(Math.abs(value - cpu[part]![index]!)).toBeLessThan(2e-3)));
}

whenPresent(`rectifiers have TensorFlow's gradients${note}`, async () => {
  for (const name of ['relu', 'relu6'] as const) await expectSame(() => [ramp([200], 0.7).mul(2)], (x) => rectify(x!, name));
});

whenPresent(`TensorFlow's fused batch normalisation equals the composed one, statistics included${note}`, async () => {
  const seen: Record<string, number[]> = {};
  const keep = ({ mean, variance }: BatchStatistics) => { seen[tf.getBackend()] = [...mean.dataSync(), ...variance.dataSync()]; };
  await expectSame(() => [ramp([4, 5, 5, 3], 0.7), ramp([3], 1), ramp([3], 2)], (x, gamma, beta) => batchNormTraining(x!, gamma!, beta!, 1e-3, keep));
  expect(seen.tensorflow).toEqual(seen.cpu!.map((value) => expect.closeTo(value, 3)));
});
