/**
 * The three runs of the demo, side by side:
 *   npx tsx --tsconfig tsconfig.base.json libs/training/scripts/digits-demo.ts [backend] [key=value …]
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { hyperparametersSchema, type HyperparametersInput } from '@thaw/config';
import { builtInFolder, findCatalogueEntry, loadBackbone } from '@thaw/model-zoo';
import { fineTune } from '../src/fine-tune';
import { useBackend } from './backend';
import { mnistDigits } from './mnist-digits';

const digits = [5, 6, 7, 8, 9];
const runs: Record<string, HyperparametersInput> = {
  'frozen-head': { freeze: 'head' },
  'last-block': { freeze: 'last_blocks', lastBlocks: 1 },
  'from-scratch': { pretrained: false, freeze: 'full' },
};

async function main([backend = 'wasm', ...settings]: string[]): Promise<void> {
  await useBackend(backend);
  const entry = findCatalogueEntry('digits')!;
  const files = ['model.json', 'weights.bin'].map((name) => ({ path: name, sha256: '', size: 0 }));
  const read = (name: string) => readFile(path.join(builtInFolder(entry), name));
  const given = Object.fromEntries(settings.map((setting) => setting.split('=')).map(([key, value]) => [key, JSON.parse(value!)]));
  for (const [name, config] of Object.entries(runs)) {
    const started = Date.now();
    const accuracies: string[] = [];
    const result = await fineTune({
      backbone: await loadBackbone(entry, files, read),
      classes: digits.map(String),
      train: mnistDigits(digits, 0, 20),
      val: mnistDigits(digits, 20, 100),
      config: hyperparametersSchema.parse({ epochs: 20, earlyStopping: false, ...config, ...given }),
      onEpoch: (_, metrics) => { accuracies.push(metrics['val/accuracy']!.toFixed(2)); },
    });
    console.log(name, `${(Date.now() - started) / 1000} s`, 'best', result.bestEpoch, result.metrics['val/accuracy'], accuracies.join(' '));
    result.dispose();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => { console.error(error); process.exitCode = 1; });
