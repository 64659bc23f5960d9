import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { HyperparametersInput } from '@thaw/config';
import { fineTune } from './fine-tune';
import { registerMissingKernels } from './kernels/register-missing-kernels';
import { classes, config, digitsBackbone, train, val } from './testing';

// Built by `npm run native`.
const folder = path.resolve(__dirname, '../../../.native/node_modules/@tensorflow/tfjs-node');
const present = existsSync(folder);
const whenPresent = present ? test : test.skip;
const note = present ? '' : ' (skipped: `npm run native` has not been run)';

beforeAll(async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package is there only where it was built
  if (present) require(folder);
});

/** Metrics of every epoch, and how many tensors there were at its end. */
async function run(backend: string, input: HyperparametersInput, signal = new AbortController().signal) {
  await tf.setBackend(backend);
  const epochs: { metrics: Record<string, number>; tensors: number }[] = [];
  const result = await fineTune({ backbone: await digitsBackbone(), classes, train, val, config: config(input), signal, onEpoch: (_, metrics) => { epochs.push({ metrics, tensors: tf.memory().numTensors }); } });
  result.dispose();
  return { epochs, endReason: result.endReason };
}

const inputs: [string, HyperparametersInput][] = [
  ['head', { freeze: 'head' }],
  ['all layers', { freeze: 'full' }],
  ['all layers and their normalisation', { freeze: 'full', batchNorm: 'train' }],
];

whenPresent.each(inputs)(`native and wasm train alike: %s${note}`, async (_, input) => {
  const [native, wasm] = [await run('tensorflow', { ...input, epochs: 3 }), await run('wasm', { ...input, epochs: 3 })];
  const losses = ({ epochs }: typeof native) => epochs.flatMap(({ metrics }) => [metrics['train/loss']!, metrics['val/loss']!]);
  expect(losses(native)).toEqual(losses(wasm).map((loss) => expect.closeTo(loss, 3)));
});

whenPresent.each(inputs)(`natively no step leaves a tensor behind: %s${note}`, async (_, input) => {
  const { epochs } = await run('tensorflow', { ...input, restoreBestWeights: false });
  const [first, ...others] = epochs.slice(1).map(({ tensors }) => tensors);
  expect(others).toEqual(others.map(() => first));
});

whenPresent(`natively nothing is left behind by a whole run, nor by a cancelled one${note}`, async () => {
  await run('tensorflow', { freeze: 'full' });
  const held = () => [tf.memory().numTensors, (tf.backend() as unknown as { getNumOfSavedModels(): number }).getNumOfSavedModels()];
  const before = held();
  await run('tensorflow', { freeze: 'full', batchNorm: 'train' });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 300);
  expect(await run('tensorflow', { freeze: 'full', epochs: 1000 }, controller.signal)).toMatchObject({ endReason: 'CANCELLED' });
  expect(held()).toEqual(before);
});
