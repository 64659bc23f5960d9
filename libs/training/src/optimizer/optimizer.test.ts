import * as tf from '@tensorflow/tfjs';
import { createOptimizer } from './optimizer';

beforeAll(() => tf.setBackend('cpu'));

const start = [1, -2, 0.5];
const gradients = [[0.1, -0.3, 2], [0.2, 0.1, -1], [-0.4, 0, 0.5], [0.3, -0.2, 0.1]];

/** Where four steps with fixed gradients lead. */
function walk(config: Parameters<typeof createOptimizer>[0], learningRate = 0.1): number[] {
  const variable = tf.tidy(() => tf.variable(tf.tensor1d(start)));
  const optimizer = createOptimizer(config);
  for (const gradient of gradients) {
    const given = { [variable.name]: tf.tensor1d(gradient) };
    optimizer.step([{ variable, learningRate, decays: true }], given, 1);
    tf.dispose(given);
  }
  const end = [...variable.dataSync()];
  optimizer.dispose();
  variable.dispose();
  return end;
}

/** The same walk by tfjs's own optimizer. */
function tfjsWalk(optimizer: tf.Optimizer): number[] {
  const variable = tf.variable(tf.tensor1d(start));
  for (const gradient of gradients) {
    const given = { [variable.name]: tf.tensor1d(gradient) };
    optimizer.applyGradients(given);
    tf.dispose(given);
  }
  return [...variable.dataSync()];
}

const close = (values: number[]) => values.map((value) => expect.closeTo(value, 5));

test.each([
  ['adam', () => tf.train.adam(0.1, 0.9, 0.999, 1e-7)],
  ['sgd', () => tf.train.momentum(0.1, 0.9)],
  ['rmsprop', () => tf.train.rmsprop(0.1, 0.9, 0, 1e-7)],
] as const)('%s walks as the one of TensorFlow.js does', (name, theirs) => {
  expect(walk({ optimizer: name, momentum: 0.9, weightDecay: 0 })).toEqual(close(tfjsWalk(theirs())));
});

test('decoupled decay shrinks the weight by rate × decay, an L2 penalty goes through the gradient', () => {
  const zero = [[0], [0]];
  const shrink = (optimizer: 'adamw' | 'sgd') => {
    const variable = tf.variable(tf.tensor1d([1]));
    const made = createOptimizer({ optimizer, momentum: 0, weightDecay: 0.5 });
    for (const gradient of zero) made.step([{ variable, learningRate: 0.1, decays: true }], { [variable.name]: tf.tensor1d(gradient) }, 1);
    return variable.dataSync()[0];
  };
  expect(shrink('adamw')).toBeCloseTo(0.95 ** 2, 6);
  expect(shrink('sgd')).toBeCloseTo(0.95 ** 2, 6);
});

test('biases do not decay, and rates are per variable', () => {
  const [kernel, bias] = [tf.variable(tf.tensor1d([1])), tf.variable(tf.tensor1d([1]))];
  const gradient = tf.tensor1d([1]);
  createOptimizer({ optimizer: 'sgd', momentum: 0, weightDecay: 1 }).step(
    [{ variable: kernel, learningRate: 0.01, decays: true }, { variable: bias, learningRate: 0.1, decays: false }],
    { [kernel.name]: gradient, [bias.name]: gradient }, 0.5);
  expect(kernel.dataSync()[0]).toBeCloseTo(1 - 0.005 * 2, 6);
  expect(bias.dataSync()[0]).toBeCloseTo(0.95, 6);
});

test('holds state for as long as it lives and no tensor beyond', () => {
  const before = tf.memory().numTensors;
  walk({ optimizer: 'adam', momentum: 0.9, weightDecay: 0.1 });
  expect(tf.memory().numTensors).toBe(before);
});
