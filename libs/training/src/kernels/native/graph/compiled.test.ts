import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { batchNormTraining } from '../../batch-norm';
import { addBias } from '../../bias';
import { rectify } from '../../rectifiers';
import { nativeBackend } from '../native-backend';
import { compiled, type Computation, type Draw } from './compiled';

// Built by `npm run native`.
const folder = path.resolve(__dirname, '../../../../../../.native/node_modules/@tensorflow/tfjs-node');
const present = existsSync(folder);
const whenPresent = present ? test : test.skip;
const note = present ? '' : ' (skipped: `npm run native` has not been run)';

beforeAll(async () => {
  if (!present) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package is there only where it was built
  require(folder);
  await tf.setBackend('tensorflow');
});

const wave = (shape: number[], step: number) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, index) => Math.cos(index * step)), shape);
const numbers = (tensors: tf.Tensor[]) => tensors.map((tensor) => [...tensor.dataSync()]);
const close = (values: number[][]) => values.map((row) => row.map((value) => expect.closeTo(value, 4)));
const graphs = () => (nativeBackend()!.backend as unknown as { getNumOfSavedModels(): number }).getNumOfSavedModels();

/** A small network with everything in it that changes from step to step: weights, statistics, dropout. */
function smallNetwork(): { f: Computation; variables: tf.Variable[]; dispose(): void } {
  const names = ['filter', 'bias', 'depthwise', 'gamma', 'beta', 'mean'] as const;
  const shapes = { filter: [3, 3, 3, 4], bias: [4], depthwise: [3, 3, 4, 1], gamma: [4], beta: [4], mean: [4] };
  const variables = names.map((name, index) => tf.tidy(() => tf.variable(wave(shapes[name], 0.3 + index))));
  const [filter, bias, depthwise, gamma, beta, mean] = variables as [tf.Variable<tf.Rank.R4>, tf.Variable, tf.Variable<tf.Rank.R4>, tf.Variable, tf.Variable, tf.Variable];
  const f: Computation = ([x, targets], draw) => {
    const { value, grads } = tf.variableGrads(() => {
      const first = rectify(addBias(tf.conv2d(x as tf.Tensor4D, filter, 2, 'same'), bias), 'relu6');
      const second = batchNormTraining(tf.depthwiseConv2d(first as tf.Tensor4D, depthwise, 1, 'same'), gamma, beta, 1e-3, (seen) => {
        tf.tidy(() => mean.assign(tf.add(tf.mul(mean, 0.9), tf.mul(seen.mean, 0.1))));
      });
      const pooled = tf.mean(rectify(second, 'relu'), [1, 2]);
      return tf.mean(tf.squaredDifference(tf.mul(pooled, draw(pooled.shape, 0.5)), targets!)) as tf.Scalar;
    }, [filter, bias, depthwise, gamma, beta]);
    return [value, ...[filter, bias, depthwise, gamma, beta].map(({ name }) => grads[name]!)];
  };
  return { f, variables, dispose: () => tf.dispose(variables) };
}

/** Four steps down the gradient; everything that came of each. */
function descend(run: (f: Computation, variables: tf.Variable[]) => { (inputs: tf.Tensor[], draw: Draw): tf.Tensor[]; dispose(): void }): number[][] {
  const { f, variables, dispose } = smallNetwork();
  const step = run(f, variables);
  const results: number[][] = [];
  for (let index = 0; index < 4; index++) {
    const inputs = [wave([2, 9, 8, 3], 0.1 + index), wave([2, 4], 0.7 * index)];
    const outputs = step(inputs, (shape) => wave(shape, 1 + index));
    results.push(...numbers(outputs));
    tf.tidy(() => outputs.slice(1).forEach((gradient, position) => variables[position]!.assign(tf.sub(variables[position]!, tf.mul(gradient, 0.1)))));
    tf.dispose([...inputs, ...outputs]);
  }
  results.push(...numbers(variables));
  step.dispose();
  dispose();
  return results;
}

const asItIs = (f: Computation) => Object.assign((inputs: tf.Tensor[], draw: Draw) => tf.tidy(() => f(inputs, draw)), { dispose: () => {} });

whenPresent(`a compiled step follows weights, statistics, inputs and draws as the step itself does${note}`, () => {
  let made = 0;
  const expected = descend(asItIs);
  const found = descend((f, variables) => {
    const step = compiled(f, variables);
    const before = graphs();
    return Object.assign((inputs: tf.Tensor[], draw: Draw) => {
      const outputs = step(inputs, draw);
      made = graphs() - before;
      return outputs;
    }, { dispose: step.dispose });
  });
  expect(made).toBe(1);
  expect(found).toEqual(close(expected));
});

whenPresent(`neither tensors nor graphs are left behind${note}`, () => {
  const before = [tf.memory().numTensors, graphs()];
  descend(compiled);
  expect([tf.memory().numTensors, graphs()]).toEqual(before);
});

whenPresent(`what draws random numbers by itself, or reads numbers back, is not compiled${note}`, () => {
  const before = graphs();
  const doubled = compiled(([x]) => [tf.mul(x!, x!.dataSync()[0]!)], []);
  const results = [2, 3, 4].map((value) => {
    const x = tf.scalar(value);
    const output = doubled([x])[0]!;
    return output.dataSync()[0];
  });
  expect(results).toEqual([4, 9, 16]);
  expect(graphs()).toBe(before);
});

whenPresent(`an output asked for twice, and one that is an input, come out right${note}`, () => {
  const twice = compiled(([x]) => { const y = tf.square(x!); return [y, tf.clone(y)]; }, []);
  const same = compiled(([x]) => [tf.clone(x!), tf.square(x!)], []);
  for (const value of [2, 3]) {
    const x = tf.tensor1d([value]);
    expect(numbers(twice([x]))).toEqual([[value ** 2], [value ** 2]]);
    expect(numbers(same([x]))).toEqual([[value], [value ** 2]]);
  }
  twice.dispose();
  same.dispose();
});
