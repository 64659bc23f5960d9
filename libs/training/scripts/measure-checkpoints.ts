/**
 * What checkpoints take: bytes, and time as a share of the epochs they end, for a head and for all layers.
 *   npx tsx --tsconfig tsconfig.base.json libs/training/scripts/measure-checkpoints.ts MODEL_DIR [backend] [pictures=192] [epochs=3]
 * MODEL_DIR holds a tfjs LayersModel; backend as in backend.ts, wasm unless told. One line of JSON each.
 */
import { createHash } from 'node:crypto';
import { hyperparametersSchema, type HyperparametersInput } from '@thaw/config';
import { fineTune } from '../src/fine-tune';
import { backboneFolder } from './backbone-folder';
import { useBackend } from './backend';
import { noisePictures } from './noise-pictures';

const classes = ['a', 'b', 'c', 'd', 'e'];

async function main([folder, ...rest]: string[]): Promise<void> {
  if (!folder) throw new Error('Usage: measure-checkpoints.ts MODEL_DIR [backend] [pictures=192] [epochs=3]');
  const settings = new Map(rest.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]));
  const backend = rest.find((word) => !word.includes('=')) ?? 'wasm';
  await useBackend(backend);
  for (const freeze of ['head', 'full'] as const) {
    console.log(JSON.stringify({ freeze, ...(await measure(folder, Number(settings.get('pictures') ?? 192), { freeze, epochs: Number(settings.get('epochs') ?? 3) })) }));
  }
}

async function measure(folder: string, count: number, input: HyperparametersInput) {
  const backbone = await backboneFolder(folder);
  const pictures = noisePictures(count, backbone.spec.preprocessing.inputSize, classes.length);
  const epochs: { ms: number; checkpointMs: number; files: Record<string, number>; fresh: number }[] = [];
  const seen = new Set<string>();
  let ms = 0;
  let reported = 0;
  const result = await fineTune({
    backbone, classes, train: pictures, val: pictures, config: hyperparametersSchema.parse({ ...input, earlyStopping: false }),
    onEpochTimes: (_, { totalMs }) => { ms = totalMs; },
    onEpoch: () => { reported = performance.now(); },
    onCheckpoint({ files }) {
      const checkpointMs = performance.now() - reported;
      const fresh = files.filter(({ bytes }) => !seen.has(digest(bytes))).reduce((sum, { bytes }) => sum + bytes.length, 0);
      files.forEach(({ bytes }) => seen.add(digest(bytes)));
      epochs.push({ ms: round(ms), checkpointMs: round(checkpointMs), files: Object.fromEntries(files.map(({ path, bytes }) => [path, bytes.length])), fresh });
    },
  });
  result.dispose();
  const sum = (of: 'ms' | 'checkpointMs') => epochs.reduce((total, epoch) => total + epoch[of], 0);
  return { share: Number((sum('checkpointMs') / sum('ms')).toFixed(5)), epochs };
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const round = (value: number) => Number(value.toFixed(1));

main(process.argv.slice(2)).catch((error: unknown) => { console.error(error); process.exitCode = 1; });
