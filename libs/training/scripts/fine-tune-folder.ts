/**
 * One run without API or database, for measuring:
 *   npx tsx --tsconfig tsconfig.base.json libs/training/scripts/fine-tune-folder.ts BACKBONE_DIR DATASET_DIR [backend] [key=value …]
 * BACKBONE_DIR holds a tfjs LayersModel, DATASET_DIR train/<class>/ and val/<class>/; backend as in backend.ts.
 */
import path from 'node:path';
import { validateHyperparameters } from '@thaw/config';
import { fineTune } from '../src/fine-tune';
import { backboneFolder } from './backbone-folder';
import { useBackend } from './backend';
import { pictureFolder } from './picture-folder';

async function main([backboneDir, datasetDir, backend = 'wasm', ...settings]: string[]): Promise<void> {
  if (!backboneDir || !datasetDir) throw new Error('Usage: fine-tune-folder.ts BACKBONE_DIR DATASET_DIR [backend] [key=value …]');
  const given = Object.fromEntries(settings.map((setting) => [setting.split('=')[0], parsed(setting.slice(setting.indexOf('=') + 1))]));
  const validated = validateHyperparameters(given);
  if (!validated.ok) throw new Error(validated.problems.map(({ message }) => message).join('\n'));

  await useBackend(backend);
  const backbone = await backboneFolder(backboneDir);
  const side = backbone.spec.preprocessing.inputSize;
  const { classes, ...train } = pictureFolder(path.join(datasetDir, 'train'), side);
  const val = pictureFolder(path.join(datasetDir, 'val'), side);

  const started = Date.now();
  const result = await fineTune({
    backbone, classes, train, val, config: validated.config,
    onPhase: (phase) => console.log(`${seconds(started)}  ${phase}`),
    onEpoch: (epoch, metrics) => console.log(`${seconds(started)}  ${epoch}  ${Object.entries(metrics).map(([key, value]) => `${key} ${value.toFixed(4)}`).join('  ')}`),
  });
  const { endReason, bestEpoch, epochs, metrics } = result;
  console.log(JSON.stringify({ backend, ...given, endReason, bestEpoch, epochs, seconds: Number(seconds(started)), 'val/accuracy': metrics['val/accuracy'], 'val/loss': metrics['val/loss'] }));
  result.dispose();
}

const seconds = (since: number) => ((Date.now() - since) / 1000).toFixed(1);
const parsed = (text: string): unknown => { try { return JSON.parse(text); } catch { return text; } };

main(process.argv.slice(2)).catch((error: unknown) => { console.error(error); process.exitCode = 1; });
