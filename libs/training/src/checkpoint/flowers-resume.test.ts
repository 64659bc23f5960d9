import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { findCatalogueEntry, loadBackbone } from '@thaw/model-zoo';
import { pictureFolder } from '../../scripts/picture-folder';
import { fineTune, type FineTuneOptions } from '../fine-tune';
import { registerMissingKernels } from '../kernels/register-missing-kernels';
import type { PictureSource } from '../pictures/picture-source';
import { config, sharedFolder } from '../testing';
import type { Checkpoint } from './checkpoint';
import { paused, stored } from './testing';

const backboneFolder = path.join(sharedFolder, 'models/mobilenet_v1_0.25_224_layers');
const flowers = path.join(sharedFolder, 'datasets/flowers_ccby_227');
// Built by `npm run native`.
const native = path.resolve(__dirname, '../../../../.native/node_modules/@tensorflow/tfjs-node');
const present = [backboneFolder, flowers, native].every(existsSync);
const whenPresent = present ? test : test.skip;

/** Some of the pictures, of every class. */
function every(step: number, source: PictureSource): PictureSource {
  const labels = source.labels.filter((_, index) => index % step === 0);
  return { count: labels.length, labels, read: (index, view) => source.read(index * step, view) };
}

whenPresent(`natively, MobileNet V1 0.25 on flowers: paused in the middle of an epoch of all layers, it comes to the same numbers${present ? '' : ' (skipped: no ../shared, or `npm run native` has not been run)'}`, async () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package is there only where it was built
  require(native);
  await tf.setBackend('tensorflow');
  registerMissingKernels('tensorflow');
  const files = readdirSync(backboneFolder).map((name) => ({ path: name, sha256: '', size: 0 }));
  const { classes, ...all } = pictureFolder(path.join(flowers, 'train'), 224);
  const train = every(5, all);
  const val = every(4, pictureFolder(path.join(flowers, 'val'), 224));

  const run = async (options: Partial<FineTuneOptions> = {}) => {
    const points: unknown[] = [];
    const checkpoints: Checkpoint[] = [];
    const backbone = await loadBackbone(findCatalogueEntry('mobilenet_v1_0.25_224')!, files, (name) => readFile(path.join(backboneFolder, name)));
    const result = await fineTune({
      backbone, classes, train, val, config: config({ freeze: 'fine_tune', headEpochs: 1, epochs: 2, batchSize: 32, batchNorm: 'train', horizontalFlip: true }),
      onEpoch: (epoch, metrics) => { points.push([epoch, metrics]); },
      onCheckpoint: (checkpoint) => { checkpoints.push(checkpoint); },
      ...options,
    });
    const { metrics, evaluation, endReason } = result;
    result.dispose();
    return { points, checkpoints, metrics, evaluation, endReason };
  };

  const { checkpoints: taken, ...whole } = await run();
  const pause = new AbortController();
  let batches = Number.NaN;
  const first = await run({
    signal: pause.signal,
    onPhase: (phase) => { if (phase === 'fine-tuning') batches = 0; },
    betweenBatches: () => { if (++batches === 3) pause.abort(paused()); },
  });
  const last = first.checkpoints.at(-1)!;
  expect([first.endReason, last.epoch, last.batch]).toEqual(['CANCELLED', 2, 2]);
  const { checkpoints: _later, ...rest } = await run({ resumeFrom: stored(last.files) });
  expect({ ...rest, points: [...first.points, ...rest.points] }).toEqual(whole);
  // A head is some kilobytes, all layers with both of Adam's averages a few megabytes.
  const size = ({ files }: Checkpoint) => files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(size(taken[0]!)).toBeLessThan(50_000);
  expect(size(last)).toBeLessThan(4_000_000);
}, 120_000);
