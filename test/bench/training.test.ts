import { execFileSync } from 'node:child_process';
import { nativeBackend } from '../kit/native-backend';
import { root, sharedData, testWith } from '../kit/shared-data';

testWith({ '../shared': sharedData, 'the native backend: npm run native': nativeBackend })('a smoke round of bench:training measures every kind of row', async () => {
  const output = execFileSync(process.execPath, ['tools/bench.mjs', 'training', '--smoke', '--no-peers', '--json'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const { bench, results } = JSON.parse(output.trim().split('\n').at(-1)!) as { bench: string; results: { name: string; thaw: number }[] };
  expect(bench).toBe('training');
  expect(results.map(({ name }) => name)).toEqual([
    'head, 2 epochs, MobileNet 0.75',
    'its validation accuracy',
    '2 configurations of it',
    'forward, MobileNet 0.25',
    'first pass of a run, making its graph, MobileNet 0.25',
    'training all layers, MobileNet 0.25',
    'the same, normalisation too, MobileNet 0.25',
    'accuracy, flowers, MobileNet 0.25',
    'head, 2 epochs, MobileNet 0.25, wasm',
    'its validation accuracy, wasm',
  ]);
  for (const { name, thaw } of results) expect({ name, measured: thaw > 0 }).toEqual({ name, measured: true });
}, 300_000);
