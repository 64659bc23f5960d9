/**
 * A hundred thousand pictures through the trainer's own parts, with the memory they take:
 *   npx tsx --tsconfig tsconfig.base.json apps/trainer/scripts/bounded-memory.ts [pictures] [backend] [memory MiB]
 * The pictures are JPEG files of 64 × 64 pixels, a few hundred different ones under many names; the built-in digits
 * backbone turns each into 2352 bytes of input and 768 numbers. Decoded they would be 224 MiB, their features 293 MiB:
 * with 64 MiB to keep, the features come from disk by row.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hyperparametersSchema } from '@thaw/config';
import { builtInFolder, findCatalogueEntry, loadBackbone } from '@thaw/model-zoo';
import { fineTune } from '@thaw/training';
import sharp from 'sharp';
import { startBackend } from '../src/backend/choose-backend';
import { BlobCache } from '../src/data/blob-cache';
import { DecodePool } from '../src/data/decode/decode-pool';
import { diskFeatureStore } from '../src/data/features/disk-feature-store';
import { createPictureSource, type ListedPicture } from '../src/data/picture-source';
import { backendNames } from '../src/env';

const distinct = 400;

async function main([count = '100000', backend = 'wasm', memory = '64']: string[]): Promise<void> {
  const name = backendNames.find((known) => known === backend);
  if (!name) throw new Error(`There is no backend ${backend}; there are ${backendNames.join(', ')}.`);
  await startBackend(name);
  const folder = mkdtempSync(path.join(tmpdir(), 'thaw-bounded-'));
  try {
    const blobs = await writePictures(folder);
    const list = (pictures: number): ListedPicture[] => Array.from({ length: pictures }, (_, index) => ({ id: String(index), path: `${index}.jpg`, sha256: blobs[index % distinct]!, label: index % 2 }));
    // Everything is on this machine's disk, so nothing is ever downloaded.
    const cache = new BlobCache(folder, null as never);
    using pool = new DecodePool();
    const entry = findCatalogueEntry('digits')!;
    const files = ['model.json', 'weights.bin'].map((file) => ({ path: file, sha256: '', size: 0 }));
    const started = performance.now();
    const show = (what: string) => console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${mebibytes(process.memoryUsage().rss)} MiB  ${what}`);
    let peak = 0;
    const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 100);
    const minutes = setInterval(() => show(''), 10_000);
    show('start');
    const tuned = await fineTune({
      backbone: await loadBackbone(entry, files, (file) => readFile(path.join(builtInFolder(entry), file))),
      classes: ['dark', 'light'],
      train: await createPictureSource(list(Number(count)), entry.preprocessing.inputSize, cache, pool.decode),
      val: await createPictureSource(list(1000), entry.preprocessing.inputSize, cache, pool.decode),
      config: hyperparametersSchema.parse({ epochs: 2, batchSize: 256, earlyStopping: false }),
      memoryBytes: Number(memory) * 2 ** 20,
      features: { store: diskFeatureStore({ folder: path.join(folder, 'features'), limitBytes: 10e9, computedOn: name, onTrouble: (error) => { throw error; } }), backbone: 'digits' },
      onPhase: show,
      onEpoch: (epoch, metrics) => show(`epoch ${epoch}: ${Object.entries(metrics).map(([key, value]) => `${key} ${value.toFixed(3)}`).join(', ')}`),
    });
    tuned.dispose();
    clearInterval(watch);
    clearInterval(minutes);
    show(`end; at most ${mebibytes(peak)} MiB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Noise, light or dark; answers the sha256 of each. */
async function writePictures(folder: string): Promise<string[]> {
  return Promise.all(Array.from({ length: distinct }, async (_, index) => {
    const pixels = Uint8Array.from({ length: 64 * 64 * 3 }, (__, at) => ((at * 7919 + index * 104_729) % 130) + (index % 2) * 100);
    const bytes = await sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } }).jpeg().toBuffer();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await mkdir(path.join(folder, sha256.slice(0, 2)), { recursive: true });
    await writeFile(path.join(folder, sha256.slice(0, 2), sha256), bytes);
    return sha256;
  }));
}

const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);

main(process.argv.slice(2)).catch((error: unknown) => { console.error(error); process.exitCode = 1; });
