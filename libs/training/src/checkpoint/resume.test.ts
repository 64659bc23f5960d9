import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { HyperparametersInput } from '@thaw/config';
import { registerMissingKernels } from '../kernels/register-missing-kernels';
import { contents, inPieces, run, stored } from './testing';

// Built by `npm run native`.
const folder = path.resolve(__dirname, '../../../../.native/node_modules/@tensorflow/tfjs-node');
const present = existsSync(folder);
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the package is there only where it was built
beforeAll(() => { if (present) require(folder); });

/** Each strategy, optimizer, schedule, and whatever else remembers something, at least once. */
const configs: [string, HyperparametersInput, { memoryBytes?: number }?][] = [
  ['a head with views from memory', { freeze: 'head', rotation: 10, augmentedViews: 2, schedule: 'reduce_on_plateau', plateauPatience: 1, plateauCooldown: 1, learningRate: 0.1, epochs: 6 }],
  ['a head with no room for features', { freeze: 'head', rotation: 10, augmentedViews: 2 }, { memoryBytes: 1000 }],
  ['last blocks, sgd', { freeze: 'last_blocks', optimizer: 'sgd', momentum: 0.9, nesterov: true, schedule: 'one_cycle', clipNorm: 0.5, weightDecay: 0.01 }],
  ['all layers with their normalisation', { freeze: 'full', batchNorm: 'train', optimizer: 'adamw', weightDecay: 0.1, schedule: 'cosine', warmupEpochs: 0.5, mixup: 0.2, cutmix: 1 }],
  ['gradual, rmsprop', { freeze: 'gradual', headEpochs: 1, unfreezeEvery: 1, epochs: 4, optimizer: 'rmsprop', batchNorm: 'train', schedule: 'step', decayEpochs: 1, classWeight: 'balanced', horizontalFlip: true }],
  ['fine_tune with early stopping', { freeze: 'fine_tune', headEpochs: 3, epochs: 8, earlyStopping: true, patience: 1, minDelta: 0.05, learningRate: 0.02, labelSmoothing: 0.1, randomResizedCrop: true }],
  ['a found learning rate', { freeze: 'head', findLearningRate: true }],
  ['from scratch, the last weights count', { pretrained: false, restoreBestWeights: false, dropout: 0.5, monitor: 'val/loss', brightness: 0.3 }],
];

describe.each([['wasm', true], ['tensorflow', present]])('%s', (backend, usable) => {
  const whenUsable = usable ? test : test.skip;
  const note = usable ? '' : ' (skipped: `npm run native` has not been run)';
  beforeAll(async () => {
    if (!usable) return;
    await tf.setBackend(backend);
    registerMissingKernels(backend);
  });

  whenUsable.each(configs)(`lost or paused, it comes to the same numbers: %s${note}`, async (_, input, options = {}) => {
    const { checkpoints, ...whole } = await run(input, { ...options, checkpointEveryMs: 0 });
    // Taking checkpoints changes nothing.
    if (backend === 'wasm') expect(await run(input, { ...options, onCheckpoint: undefined })).toEqual({ ...whole, checkpoints: [] });

    // Within an epoch, and at its end.
    for (const at of [checkpoints.findIndex(({ epoch, batch }) => epoch === 2 && batch === 1), checkpoints.findIndex(({ epoch, batch }) => epoch === 2 && batch === 0)]) {
      const { files, epoch, batch } = checkpoints[at]!;
      const { checkpoints: later, ...rest } = await run(input, { ...options, checkpointEveryMs: 0, resumeFrom: stored(files) });
      const done = whole.points.filter(([finished]) => finished < epoch || (finished === epoch && batch === 0));
      expect({ ...rest, points: [...done, ...rest.points] }).toEqual(whole);
      // Slots and weights after every batch, and not the points alone.
      expect(later.map(contents)).toEqual(checkpoints.slice(at + 1).map(contents));
    }
    const { pieces, points, result, weights } = await inPieces(input, [9, 4, 12], { ...options, checkpointEveryMs: Infinity });
    expect(pieces).toBe(4);
    expect({ points, result, weights }).toEqual(whole);
  }, 60_000);

  whenUsable(`on a machine with other room for features it sees the same views of the pictures${note}`, async () => {
    const input = { freeze: 'head', rotation: 20, augmentedViews: 2 } as const;
    for (const [before, after] of [[1000, 2 ** 30], [2 ** 30, 1000]] as const) {
      const { checkpoints, points } = await run(input, { memoryBytes: before });
      const rest = await run(input, { memoryBytes: after, resumeFrom: stored(checkpoints[0]!.files) });
      // Batches of 8 and chunks of 8, in another order: the last bits may differ.
      expect(rest.points.map(([, metrics]) => metrics['train/loss'])).toEqual(points.slice(1).map(([, metrics]) => expect.closeTo(metrics['train/loss']!, 5)));
    }
  });
});
