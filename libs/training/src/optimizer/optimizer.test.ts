import * as tf from '@tensorflow/tfjs';
import { clipFactor, gradientNorm } from './gradient-norm';
import { createOptimizer } from './optimizer';
import keras from './optimizers.keras.json';
import torch from './optimizers.torch.json';

beforeAll(() => tf.setBackend('cpu'));

type Config = Parameters<typeof createOptimizer>[0];
const plain: Config = { optimizer: 'sgd', momentum: 0, nesterov: false, weightDecay: 0, clipNorm: 0 };

/** Where the reference's steps lead, at a rate of 0.1. */
function walk(config: Partial<Config>, clipNorm = 0): number[] {
  const variable = tf.tidy(() => tf.variable(tf.tensor1d(torch.start)));
  const optimizer = createOptimizer({ ...plain, ...config, clipNorm });
  for (const gradient of torch.gradients) {
    const given = { [variable.name]: tf.tensor1d(gradient) };
    const norm = gradientNorm(given);
    optimizer.step([{ variable, learningRate: 0.2, decays: true }], given, { rate: 0.5, gradient: clipFactor(norm.dataSync()[0]!, clipNorm) });
    tf.dispose([given, norm]);
  }
  const end = [...variable.dataSync()];
  optimizer.dispose();
  variable.dispose();
  return end;
}

test.each<[string, Partial<Config>, number[], number]>([
  ['PyTorch’s Adam', { optimizer: 'adam' }, torch.ends.adam, 0],
  ['PyTorch’s Adam, L2 penalty', { optimizer: 'adam', weightDecay: 0.05 }, torch.ends.adam_decay, 0],
  ['PyTorch’s AdamW', { optimizer: 'adamw', weightDecay: 0.05 }, torch.ends.adamw_decay, 0],
  ['PyTorch’s SGD', {}, torch.ends.sgd, 0],
  ['PyTorch’s SGD, momentum', { momentum: 0.9 }, torch.ends.sgd_momentum, 0],
  ['PyTorch’s SGD, Nesterov momentum and L2 penalty', { momentum: 0.9, nesterov: true, weightDecay: 0.05 }, torch.ends.sgd_nesterov_decay, 0],
  ['PyTorch’s SGD, gradients clipped by norm', { momentum: 0.9 }, torch.ends.sgd_clipped, 0.5],
  ['Keras’s RMSprop', { optimizer: 'rmsprop' }, keras.ends.rmsprop, 0],
])('walks as %s does', (_, config, expected, clipNorm) => {
  expect(walk(config, clipNorm)).toEqual(expected.map((value) => expect.closeTo(value, 5)));
});

test('biases do not decay, and rates are per variable', () => {
  const [kernel, bias] = [tf.variable(tf.tensor1d([1])), tf.variable(tf.tensor1d([1]))];
  const gradient = tf.tensor1d([1]);
  createOptimizer({ ...plain, weightDecay: 1 }).step(
    [{ variable: kernel, learningRate: 0.01, decays: true }, { variable: bias, learningRate: 0.1, decays: false }],
    { [kernel.name]: gradient, [bias.name]: gradient }, { rate: 0.5, gradient: 1 });
  expect(kernel.dataSync()[0]).toBeCloseTo(1 - 0.005 * 2, 6);
  expect(bias.dataSync()[0]).toBeCloseTo(0.95, 6);
});

test('a variable that joins later starts afresh, and the others go on as they were', () => {
  const ends = (joinAt: number) => {
    const [old, late] = [tf.variable(tf.tensor1d([1])), tf.variable(tf.tensor1d([1]))];
    const optimizer = createOptimizer({ ...plain, optimizer: 'adam' });
    for (const [step, [gradient]] of torch.gradients.entries()) {
      const given = { [old.name]: tf.tensor1d([gradient!]), [late.name]: tf.tensor1d([gradient!]) };
      const joined = [old, ...(step >= joinAt ? [late] : [])];
      optimizer.step(joined.map((variable) => ({ variable, learningRate: 0.1, decays: true })), given, { rate: 1, gradient: 1 });
    }
    return [old.dataSync()[0]!, late.dataSync()[0]!];
  };
  const [alone] = ends(Infinity);
  const [old, late] = ends(2);
  expect(old).toBe(alone);
  expect(old).toBeCloseTo(torch.ends.adam[0]!, 5);
  // Its first gradient, −0.4, moves it by the whole rate, as a first step of Adam does.
  expect(late).not.toBe(old);
  expect(late).toBeGreaterThan(1);
});

test('the norm of gradients is not finite when any of them is not', () => {
  const norm = (values: number[]) => gradientNorm({ a: tf.tensor1d([3, 0]), b: tf.tensor2d([values]) }).dataSync()[0];
  expect(norm([4])).toBeCloseTo(5, 6);
  expect(norm([Number.NaN])).toBeNaN();
  expect(norm([-Infinity])).toBe(Infinity);
});

test('holds state for as long as it lives and no tensor beyond', () => {
  const before = tf.memory().numTensors;
  walk({ optimizer: 'adam', weightDecay: 0.1 }, 0.5);
  expect(tf.memory().numTensors).toBe(before);
});
