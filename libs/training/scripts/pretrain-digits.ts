/**
 * Trains the built-in digits backbone on digits 0–4 and writes libs/model-zoo/builtin/digits:
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
import { useBackend } from './backend';
import { mnistDigits } from './mnist-digits';

const digits = [0, 1, 2, 3, 4];

/** Three blocks of two 3 × 3 convolutions, halving the picture twice: 28, 14, 7 pixels. */
function digitsNetwork(): tf.LayersModel {
  const input = tf.input({ shape: [28, 28, 3], name: 'picture' });
  const conv = (x: tf.SymbolicTensor, block: string, index: number, filters: number, strides: number) => {
    const convolved = tf.layers.conv2d({ name: `${block}_conv${index}`, filters, kernelSize: 3, strides, padding: 'same', useBias: false }).apply(x);
    const normal = tf.layers.batchNormalization({ name: `${block}_bn${index}`, momentum: 0.9 }).apply(convolved);
    return tf.layers.activation({ name: `${block}_relu${index}`, activation: 'relu' }).apply(normal) as tf.SymbolicTensor;
  };
  const block = (x: tf.SymbolicTensor, name: string, filters: number, strides: number) => conv(conv(x, name, 1, filters, strides), name, 2, filters, 1);
  const output = block(block(block(input, 'block1', 16, 1), 'block2', 32, 2), 'block3', 48, 2);
  return tf.model({ inputs: input, outputs: output, name: 'digits' });
}

async function main(): Promise<void> {
  await useBackend('wasm');
  const spec = findCatalogueEntry('digits')!;
  const validated = validateHyperparameters({ pretrained: false, epochs: 12, schedule: 'cosine', learningRate: 2e-3, batchSize: 64, earlyStopping: false, seed: 7 });
  if (!validated.ok) throw new Error(JSON.stringify(validated.problems));
  const trained = await fineTune({
    backbone: { spec, model: digitsNetwork() },
    classes: digits.map(String),
    train: mnistDigits(digits, 0, 800),
    val: mnistDigits(digits, 800, 900),
    config: validated.config,
    onEpoch: (epoch, metrics) => console.log(epoch, metrics),
  });
  const kept = (await trained.saveModel()).filter(({ path: name }) => name === 'model.json' || name === 'weights.bin');
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
