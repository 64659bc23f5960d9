import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { registerMissingKernels } from '../register-missing-kernels';

test('a tensor that finds no memory is an error that says so, and what was computed before stays right', async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
  const before = tf.tensor1d([1, 2, 3]);
  expect(() => reserve(5 * 2 ** 28)).toThrow(/Out of memory: 5120 MiB more were needed; the wasm backend holds \d+ MiB, of 4096 at most/);
  const held: tf.Tensor[] = [];
  // 3 × 1 GiB at most; nothing is written, so the machine need not have it.
  const fill = () => { for (let gibibyte = 0; gibibyte < 4; gibibyte++) held.push(tf.tidy(() => reserve(2 ** 28))); };
  expect(fill).toThrow('Out of memory: 1024 MiB more were needed');
  expect([...tf.add(before, 1).dataSync()]).toEqual([2, 3, 4]);
  tf.dispose(held);
});

/** A tensor without values: its memory is reserved and left as it is. */
function reserve(size: number): tf.Tensor {
  const dataId = {};
  (tf.backend() as unknown as { move(dataId: object, values: null, shape: number[], dtype: 'float32', references: number): void }).move(dataId, null, [size], 'float32', 1);
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [size], dtype: 'float32' });
}
