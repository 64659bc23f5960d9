import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { fineTune } from './fine-tune';
import { registerMissingKernels } from './kernels/register-missing-kernels';
import { classes, config, digitsBackbone, train, val } from './testing';

// Built by `npm run native`.
const folder = path.resolve(__dirname, '../../../.native/node_modules/@tensorflow/tfjs-node');
const present = existsSync(folder);
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the package is there only where it was built
beforeAll(() => { if (present) require(folder); });

/** Every metric that is no timing, every weight of the backbone, and what the head makes of them. */
async function traces(seed: number) {
  const metrics: Record<string, number>[] = [];
  const backbone = await digitsBackbone();
  const result = await fineTune({
    backbone, classes, train, val,
    config: config({ freeze: 'fine_tune', headEpochs: 1, epochs: 3, batchNorm: 'train', horizontalFlip: true, findLearningRate: true, classWeight: 'balanced', clipNorm: 1, seed }),
    onEpoch: (_, given) => { metrics.push(Object.fromEntries(Object.entries(given).filter(([key]) => !key.startsWith('system/')))); },
  });
  const weights = backbone.model.getWeights().map((weight) => [...weight.dataSync()]);
  result.dispose();
  return { metrics, weights, probabilities: [...result.evaluation.probabilities] };
}

async function expectReproducible(backend: string): Promise<void> {
  await tf.setBackend(backend);
  registerMissingKernels(backend);
  const first = await traces(1);
  expect(await traces(1)).toEqual(first);
  const other = await traces(2);
  expect(other.weights).not.toEqual(first.weights);
  expect(other.metrics).not.toEqual(first.metrics);
}

test('wasm: the same seed gives the same run to the last bit, another seed another', () => expectReproducible('wasm'), 60_000);

const whenPresent = present ? test : test.skip;
whenPresent(`native: the same seed gives the same run to the last bit, another seed another${present ? '' : ' (skipped: `npm run native` has not been run)'}`, () => expectReproducible('tensorflow'), 60_000);
