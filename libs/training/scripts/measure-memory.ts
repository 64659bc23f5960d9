/**
 * Memory of the process while all layers train, epoch by epoch:
 *   npx tsx --tsconfig tsconfig.base.json libs/training/scripts/measure-memory.ts MODEL_DIR [backend] [epochs=20] [batch=8]
 * An epoch has ten steps and ends with an evaluation. The last line is JSON: MiB resident after the third epoch (by then
 * all graphs are made) and after the last, and tensors held at both.
 */
import * as tf from '@tensorflow/tfjs';
import { hyperparametersSchema } from '@thaw/config';
import { fineTune } from '../src/fine-tune';
import { backboneFolder } from './backbone-folder';
import { useBackend } from './backend';
import { noisePictures } from './noise-pictures';

const classes = ['a', 'b', 'c', 'd', 'e'];

async function main([folder, ...rest]: string[]): Promise<void> {
  if (!folder) throw new Error('Usage: measure-memory.ts MODEL_DIR [backend] [epochs=20] [batch=8]');
  const settings = new Map(rest.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]));
  const backend = rest.find((word) => !word.includes('=')) ?? 'wasm';
  const [epochs, batch] = [Number(settings.get('epochs') ?? 20), Number(settings.get('batch') ?? 8)];
  await useBackend(backend);
  const backbone = await backboneFolder(folder);
  const pictures = noisePictures(batch * 10, backbone.spec.preprocessing.inputSize, classes.length);
  const seen: { residentMiB: number; tensors: number }[] = [];
  const result = await fineTune({
    backbone, classes, train: pictures, val: pictures,
    config: hyperparametersSchema.parse({ batchSize: batch, epochs, freeze: 'full', batchNorm: 'train', earlyStopping: false, restoreBestWeights: false }),
    onEpoch(epoch) {
      seen.push({ residentMiB: Math.round(process.memoryUsage().rss / 2 ** 20), tensors: tf.memory().numTensors });
      console.log(epoch, seen.at(-1));
    },
  });
  result.dispose();
  console.log(JSON.stringify({ model: folder, backend, batch, steps: epochs * 10, third: seen[2], last: seen.at(-1) }));
}

main(process.argv.slice(2)).catch((error: unknown) => { console.error(error); process.exitCode = 1; });
