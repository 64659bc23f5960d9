/**
 * Pictures a second through the engine as runs use it: reading, preprocessing and optimizer included, decoding not.
 *   npx tsx --tsconfig tsconfig.base.json libs/training/scripts/measure-rates.ts MODEL_DIR [backend] [norms=frozen|train] [batch=32] [steps=10]
 * MODEL_DIR holds a tfjs LayersModel; backend as in backend.ts, wasm unless told. The last line is JSON:
 *   features: the frozen backbone, once over the pictures · evaluation: all layers unfrozen, no gradients · training: all layers, Adam.
 * test/bench/training/keras_rates.py measures the same with Keras.
 */
import type { HyperparametersInput } from '@thaw/config';
import { hyperparametersSchema } from '@thaw/config';
import { fineTune, type FineTuneOptions } from '../src/fine-tune';
import { backboneFolder } from './backbone-folder';
import { useBackend } from './backend';
import { noisePictures } from './noise-pictures';

interface Asked {
  folder: string;
  norms: 'frozen' | 'train';
  batch: number;
  steps: number;
}

const classes = ['a', 'b', 'c', 'd', 'e'];

async function main([folder, ...rest]: string[]): Promise<void> {
  if (!folder) throw new Error('Usage: measure-rates.ts MODEL_DIR [backend] [norms=frozen|train] [batch=32] [steps=10]');
  const settings = new Map(rest.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]));
  const backend = rest.find((word) => !word.includes('=')) ?? 'wasm';
  const asked: Asked = { folder, norms: settings.get('norms') === 'train' ? 'train' : 'frozen', batch: Number(settings.get('batch') ?? 32), steps: Number(settings.get('steps') ?? 10) };
  await useBackend(backend);
  const { features } = await featureRate(asked);
  const { training, evaluation } = await trainingRate(asked);
  console.log(JSON.stringify({ model: folder, backend, norms: asked.norms, batch: asked.batch, steps: asked.steps, features, evaluation, training }));
}

/** From the phase in which the frozen part is computed. The first run of a process warms up. */
async function featureRate(asked: Asked): Promise<{ features: number }> {
  let rate = 0;
  for (const steps of [2, asked.steps]) {
    let started = 0;
    await run({ ...asked, steps }, { freeze: 'head', epochs: 1 }, {
      onPhase(phase) {
        if (phase === 'features') started = performance.now();
        if (phase === 'head') rate = (2 * steps * asked.batch) / seconds(started);
      },
    });
  }
  return { features: round(rate) };
}

/** Of the last of two epochs. An epoch ends with an evaluation of as many pictures. */
async function trainingRate(asked: Asked): Promise<{ training: number; evaluation: number }> {
  let rates = { training: 0, evaluation: 0 };
  await run(asked, { freeze: 'full', epochs: 2, batchNorm: asked.norms }, {
    onPhase() {},
    onEpochTimes(_, { pictures, dataMs, stepMs, evaluationMs }) {
      rates = { training: round((1000 * pictures) / (dataMs + stepMs)), evaluation: round((1000 * pictures) / evaluationMs) };
    },
  });
  return rates;
}

async function run({ folder, batch, steps }: Asked, config: HyperparametersInput, watch: Pick<FineTuneOptions, 'onPhase' | 'onEpochTimes'>): Promise<void> {
  const backbone = await backboneFolder(folder);
  const pictures = noisePictures(batch * steps, backbone.spec.preprocessing.inputSize, classes.length);
  const result = await fineTune({ backbone, classes, train: pictures, val: pictures, config: hyperparametersSchema.parse({ batchSize: batch, earlyStopping: false, restoreBestWeights: false, ...config }), ...watch });
  result.dispose();
}

const seconds = (since: number) => (performance.now() - since) / 1000;
const round = (rate: number) => Number(rate.toFixed(1));

main(process.argv.slice(2)).catch((error: unknown) => { console.error(error); process.exitCode = 1; });
