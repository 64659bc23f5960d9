import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { HyperparametersInput } from '@thaw/config';
import fc from 'fast-check';
import { registerMissingKernels } from '../kernels/register-missing-kernels';
import { inPieces, run } from './testing';

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
});

const oneOf = <const T>(...values: T[]) => fc.constantFrom(...values);

const config: fc.Arbitrary<HyperparametersInput> = fc.record({
  freeze: oneOf('head', 'last_blocks', 'full', 'gradual', 'fine_tune'),
  pretrained: oneOf(true, true, true, false),
  batchNorm: oneOf('frozen', 'train'),
  optimizer: oneOf('adam', 'adamw', 'sgd', 'rmsprop'),
  schedule: oneOf('constant', 'cosine', 'step', 'one_cycle', 'reduce_on_plateau'),
  decayEpochs: fc.constant(1),
  plateauPatience: fc.constant(1),
  warmupEpochs: oneOf(0, 0.5, 1.5),
  headEpochs: oneOf(1, 2),
  unfreezeEvery: fc.constant(1),
  epochs: oneOf(2, 4),
  batchSize: oneOf(7, 8, 20),
  earlyStopping: fc.boolean(),
  patience: oneOf(1, 2),
  monitor: oneOf('val/accuracy', 'val/loss', 'train/loss'),
  restoreBestWeights: oneOf(true, true, false),
  horizontalFlip: fc.boolean(),
  rotation: oneOf(0, 15),
  augmentedViews: fc.constant(2),
  mixup: oneOf(0, 0, 0.3),
  classWeight: oneOf('none', 'balanced'),
  clipNorm: oneOf(0, 1),
  learningRate: oneOf(1e-3, 0.02),
  seed: fc.nat(1000),
});

test('any run, paused anywhere, comes to the same numbers', async () => {
  await fc.assert(fc.asyncProperty(config, fc.array(fc.integer({ min: 3, max: 15 }), { minLength: 1, maxLength: 3 }), async (input, pauses) => {
    const { checkpoints: _taken, ...whole } = await run(input);
    const { points, result, weights } = await inPieces(input, pauses);
    expect({ points, result, weights }).toEqual(whole);
  }), { seed: 6, numRuns: 10 });
}, 120_000);
