/**
 * Trains the built-in digits backbone on the digits 0–4, each upright and in three more turns, and writes libs/model-zoo/builtin/digits:
 *   npx tsx --tsconfig tsconfig.base.json libs/training/scripts/pretrain-digits.ts
 * The seed and the wasm backend make every run give the same bytes. It prints what src/catalogue/digits.ts states.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { validateHyperparameters } from '@thaw/config';
import { builtInFolder, filesDigest, findCatalogueEntry } from '@thaw/model-zoo';
import { fineTune } from '../src/fine-tune';
import { plainView } from '../src/pictures/augmentation/view';
import type { PictureSource } from '../src/pictures/picture-source';
import { saveModel } from '../src/save-model';
import { useBackend } from './backend';
import { mnistDigits } from './mnist-digits';

const digits = [0, 1, 2, 3, 4];
/** Telling 5 digits in 4 orientations apart teaches more about strokes than telling 5 digits apart. */
const quarterTurns = [0, 1, 2, 3];
const side = 28;

/** Three blocks of two 3 × 3 convolutions, each halving the picture: 28 → 14 → 7 → 4 pixels. */
function digitsNetwork(): tf.LayersModel {
  const input = tf.input({ shape: [side, side, 3], name: 'picture' });
  const conv = (x: tf.SymbolicTensor, block: string, index: number, filters: number, strides: number) => {
    const convolved = tf.layers.conv2d({ name: `${block}_conv${index}`, filters, kernelSize: 3, strides, padding: 'same', useBias: false }).apply(x);
    const normal = tf.layers.batchNormalization({ name: `${block}_bn${index}`, momentum: 0.9 }).apply(convolved);
    return tf.layers.activation({ name: `${block}_relu${index}`, activation: 'relu' }).apply(normal) as tf.SymbolicTensor;
  };
  const block = (x: tf.SymbolicTensor, name: string, filters: number) => conv(conv(x, name, 1, filters, 2), name, 2, filters, 1);
  const map = block(block(block(input, 'block1', 16), 'block2', 32), 'block3', 48);
  // Where a stroke is tells digits apart, so the map is kept whole instead of averaged.
  const features = tf.layers.flatten({ name: 'features' }).apply(map) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: features, name: 'digits' });
}

/** Every picture in every orientation; each digit and orientation is a class of its own. */
function turned(source: PictureSource): PictureSource {
  const count = source.count * quarterTurns.length;
  return {
    count,
    labels: Int32Array.from({ length: count }, (_, index) => source.labels[index % source.count]! + digits.length * Math.floor(index / source.count)),
    async read(index) {
      let bytes = await source.read(index % source.count, plainView);
      for (let turn = 0; turn < Math.floor(index / source.count); turn++) bytes = quarterTurned(bytes);
      return bytes;
    },
  };
}

function quarterTurned(bytes: Uint8Array): Uint8Array {
  return bytes.map((_, position) => {
    const [pixel, channel] = [Math.floor(position / 3), position % 3];
    const [row, column] = [Math.floor(pixel / side), pixel % side];
    return bytes[(column * side + side - 1 - row) * 3 + channel]!;
  });
}

async function main(): Promise<void> {
  await useBackend('wasm');
  const spec = findCatalogueEntry('digits')!;
  const validated = validateHyperparameters({ pretrained: false, epochs: 8, schedule: 'cosine', learningRate: 2e-3, batchSize: 64, earlyStopping: false, seed: 7 });
  if (!validated.ok) throw new Error(JSON.stringify(validated.problems));
  const model = digitsNetwork();
  const trained = await fineTune({
    backbone: { spec, model },
    classes: quarterTurns.flatMap((turn) => digits.map((digit) => `${digit} turned ${turn * 90}°`)),
    train: turned(mnistDigits(digits, 0, 800)),
    val: turned(mnistDigits(digits, 800, 900)),
    config: validated.config,
    onEpoch: (epoch, metrics) => console.log(epoch, metrics),
  });
  // fineTune changed the network's weights in place; what is kept is the network without the head.
  const kept = (await saveModel(model, [], spec.preprocessing)).filter(({ path: name }) => name === 'model.json' || name === 'weights.bin');
  const folder = builtInFolder(spec);
  mkdirSync(folder, { recursive: true });
  for (const { path: name, bytes } of kept) writeFileSync(path.join(folder, name), bytes);
  console.log({
    accuracy: trained.metrics['val/accuracy'],
    digest: filesDigest(kept.map(({ path: name, bytes }) => ({ path: name, sha256: createHash('sha256').update(bytes).digest('hex') }))),
    parameters: kept.find(({ path: name }) => name === 'weights.bin')!.bytes.length / 4,
    size: kept.reduce((sum, { bytes }) => sum + bytes.length, 0),
  });
  trained.dispose();
}

main().catch((error: unknown) => { console.error(error); process.exitCode = 1; });
