import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { hyperparametersSchema, type HyperparametersInput } from '@thaw/config';
import { builtInFolder, findCatalogueEntry, loadBackbone } from '@thaw/model-zoo';
import { fineTune, render, type FineTuneOptions, type PictureSource } from '@thaw/training';
import { diskFeatureStore } from './disk-feature-store';

let folder: string;
beforeAll(async () => { await tf.setBackend('wasm'); });
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'thaw-features-')); });
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Noise, light for one class and dark for the other; counts what is read. */
function noise(digest: string, count: number): PictureSource & { reads: number } {
  const pictures = Array.from({ length: count }, (_, index) => Uint8Array.from({ length: 28 * 28 * 3 }, (_, at) => ((at * 7919 + index * 104_729) % 130) + (index % 2) * 40));
  return {
    count, digest, reads: 0,
    labels: Int32Array.from(pictures, (_, index) => index % 2),
    read(index, view) {
      this.reads += 1;
      return Promise.resolve(render(pictures[index]!.slice(), 28, view));
    },
  };
}

async function run(input: HyperparametersInput = {}, options: Partial<FineTuneOptions> = {}) {
  const entry = findCatalogueEntry('digits')!;
  const files = ['model.json', 'weights.bin'].map((name) => ({ path: name, sha256: '', size: 0 }));
  const [train, val] = [noise('t', 40), noise('v', 20)];
  const phases: string[] = [];
  const losses: number[] = [];
  const tuned = await fineTune({
    backbone: await loadBackbone(entry, files, (name) => readFile(path.join(builtInFolder(entry), name))),
    classes: ['dark', 'light'], train, val,
    config: hyperparametersSchema.parse({ batchSize: 16, epochs: 3, earlyStopping: false, ...input }),
    features: { store: diskFeatureStore({ folder, limitBytes: 10e6, computedOn: 'wasm', onTrouble: (error) => { throw error; } }), backbone: 'digits' },
    onPhase: (phase) => { phases.push(phase); },
    onEpoch: (_, metrics) => { losses.push(metrics['train/loss']!, metrics['val/loss']!); },
    ...options,
  });
  tuned.dispose();
  return { phases, losses, reads: train.reads + val.reads };
}

test('a second run starts without computing features or reading a picture, and comes to the same numbers', async () => {
  const first = await run();
  expect(first).toMatchObject({ phases: ['features', 'head', 'evaluating'], reads: 60 });
  expect(await run()).toEqual({ phases: ['head', 'evaluating'], losses: first.losses, reads: 0 });
  expect(await run({}, { features: undefined })).toEqual(first);
  // Another head on the same features.
  expect(await run({ learningRate: 0.01, dropout: 0.5, seed: 9 })).toMatchObject({ phases: ['head', 'evaluating'], reads: 0 });
});

test('a damaged table is computed again', async () => {
  const first = await run();
  for (const name of await readdir(folder)) {
    const bytes = await readFile(path.join(folder, name));
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path.join(folder, name), bytes);
  }
  expect(await run()).toEqual(first);
  expect(await run()).toMatchObject({ reads: 0, losses: first.losses });
});

test('features that do not fit into memory are read from disk by row, without a disk computed by batch; the numbers are the same', async () => {
  const settings = { rotation: 10, horizontalFlip: true, augmentedViews: 3 };
  const { losses } = await run(settings);
  expect(await run(settings, { memoryBytes: 0 })).toEqual({ phases: ['head', 'evaluating'], losses, reads: 0 });
  await rm(folder, { recursive: true });
  expect(await run(settings, { memoryBytes: 0 })).toEqual({ phases: ['features', 'head', 'evaluating'], losses, reads: 3 * 40 + 20 });

  const plain = await run({}, { memoryBytes: 0 });
  const live = await run({}, { memoryBytes: 0, features: undefined });
  expect(live.phases).toEqual(['head', 'evaluating']);
  live.losses.forEach((loss, at) => expect(loss).toBeCloseTo(plain.losses[at]!, 4));
});

test('each view is kept once: more of them add to those that are there', async () => {
  await run({ rotation: 10, augmentedViews: 2 });
  expect(await readdir(folder)).toHaveLength(3);
  expect(await run({ rotation: 10, augmentedViews: 3 })).toMatchObject({ reads: 40 });
  expect(await run({ rotation: 11, augmentedViews: 3 })).toMatchObject({ reads: 120 });
});

test('nothing is left in memory', async () => {
  const before = tf.memory().numTensors;
  await run({ rotation: 10, augmentedViews: 2 });
  await run({ rotation: 10, augmentedViews: 2 }, { memoryBytes: 0 });
  expect(tf.memory().numTensors).toBe(before);
});
