import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { HyperparametersInput } from '@thaw/config';
import { layerGraph, layerOutput } from '@thaw/model-zoo';
import { mnistDigits } from '../../scripts/mnist-digits';
import { fineTune } from '../fine-tune';
import { registerMissingKernels } from '../kernels/register-missing-kernels';
import { classes, config, digitsBackbone, inputsOf, train, val } from '../testing';
import { measureTransferGain, type MeasureGainOptions } from './measure-gain';
import { randomiseBackbone } from './random-backbone';

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
});

/** A run and its baselines, with what was seen on the way. */
async function measured(input: HyperparametersInput, options: Partial<MeasureGainOptions> = {}) {
  const run = await fineTune({ backbone: await digitsBackbone(), classes, train, val, config: config(input) });
  const phases: string[] = [];
  const logged: string[] = [];
  try {
    const gains = await measureTransferGain({
      evaluation: run.evaluation, loadBackbone: digitsBackbone, classes, train, val, config: config(input), signal: new AbortController().signal,
      onPhase: (phase) => { phases.push(phase); },
      onEpoch: (baseline, epoch) => { logged.push(`${baseline} ${epoch}`); },
      ...options,
    });
    return { run, gains, phases, logged };
  } finally {
    run.dispose();
  }
}

test('both baselines train on the same pictures, and the gain is the difference of the accuracies', async () => {
  const { run, gains, phases, logged } = await measured({ transferGain: 'both', epochs: 6, learningRate: 0.005 });
  expect(gains.map(({ baseline, problem, epochs }) => [baseline, problem, epochs])).toEqual([['probe', null, 6], ['twin', null, 6]]);
  for (const { accuracy, gain, low, high } of gains) {
    expect(gain).toBeCloseTo(run.evaluation.accuracy - accuracy!, 12);
    expect(accuracy).toBeGreaterThan(0.2);
    expect(low).toBeLessThanOrEqual(gain!);
    expect(high).toBeGreaterThanOrEqual(gain!);
  }
  expect(phases).toEqual(['probe: loading', 'probe: features', 'probe: head', 'probe: evaluating', 'twin: loading', 'twin: fine-tuning', 'twin: evaluating']);
  expect(logged).toEqual([1, 2, 3, 4, 5, 6].map((epoch) => `probe ${epoch}`).concat([1, 2, 3, 4, 5, 6].map((epoch) => `twin ${epoch}`)));
});

test('the twin is the run without its pretrained weights', async () => {
  const input = { transferGain: 'twin', epochs: 3 } as const;
  const alone = await fineTune({ backbone: await digitsBackbone(), classes, train, val, config: config({ ...input, pretrained: false }) });
  const { gains } = await measured(input);
  expect(gains[0]).toMatchObject({ accuracy: alone.evaluation.accuracy, bestEpoch: alone.bestEpoch });
  alone.dispose();
});

test('a baseline that diverges is reported and fails nothing', async () => {
  const few = mnistDigits(classes.map(Number), 0, 2);
  const [twin] = await measureTransferGain({
    evaluation: { correct: new Uint8Array(few.count).fill(1) }, loadBackbone: digitsBackbone, classes, train: few, val: few, signal: new AbortController().signal,
    // A penalty that multiplies every kernel by −9 at each step.
    config: config({ transferGain: 'twin', optimizer: 'sgd', momentum: 0, learningRate: 10, weightDecay: 1, batchSize: 2, epochs: 20 }),
  });
  expect(twin).toMatchObject({ baseline: 'twin', accuracy: null, gain: null, low: null, high: null, problem: expect.stringMatching(/loss became (NaN|Infinity)/) });
});

test('it stops early as the run does', async () => {
  const { gains } = await measured({ transferGain: 'probe', epochs: 30, earlyStopping: true, patience: 1, minDelta: 1 });
  expect(gains[0]).toMatchObject({ epochs: 2, bestEpoch: 1 });
});

test('without a wish for it, or from scratch, nothing is trained', async () => {
  for (const input of [{}, { transferGain: 'both', pretrained: false }] as const) expect((await measured({ ...input, epochs: 1 })).gains).toEqual([]);
});

test('cancelling throws the reason, in whatever baseline, and nothing is left in memory', async () => {
  const before = tf.memory().numTensors;
  await measured({ transferGain: 'both', epochs: 2 });
  for (const at of ['probe: loading', 'probe: head', 'twin: fine-tuning']) {
    const controller = new AbortController();
    await expect(measured({ transferGain: 'both', epochs: 2 }, {
      signal: controller.signal, onPhase: (phase) => { if (phase === at) controller.abort(new Error('enough')); },
    })).rejects.toThrow('enough');
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('random weights get the statistics they have on the pictures, so that every normalised channel has mean 0 and variance 1', async () => {
  const backbone = await digitsBackbone();
  const { spec, model } = backbone;
  await randomiseBackbone(backbone, train, { batchSize: train.count, seed: 1, betweenBatches: async () => {} });
  const input = await inputsOf(train, train.count, 28);
  for (const { layer } of layerGraph(layerOutput(model, spec.featureLayer)).filter(({ layer }) => layer.getClassName() === 'BatchNormalization')) {
    tf.tidy(() => {
      const normalised = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor }).predict(input) as tf.Tensor4D;
      const { mean, variance } = tf.moments(normalised, [0, 1, 2]);
      for (const value of mean.dataSync()) expect(Math.abs(value)).toBeLessThan(0.01);
      // A dead channel has variance 0; epsilon takes a little from the others.
      for (const value of variance.dataSync()) expect(value).toBeLessThan(1.01);
      expect(tf.mean(variance).dataSync()[0]).toBeGreaterThan(0.8);
    });
  }
  input.dispose();
  model.dispose();
});
