import { execFileSync } from 'node:child_process';
import { root } from '../kit/shared-data';

test('a smoke round of bench:tracking measures every row', () => {
  const output = execFileSync(process.execPath, ['tools/bench.mjs', 'tracking', '--smoke', '--no-peers', '--json'], { cwd: root, encoding: 'utf8' });
  const { bench, results } = JSON.parse(output.trim().split('\n').at(-1)!) as { bench: string; results: { name: string; thaw: number }[] };
  expect(bench).toBe('tracking');
  expect(results.map(({ name }) => name)).toEqual([
    'ingest, 1 writer',
    'ingest, 16 writers',
    'single points through the client',
    'longest such call in the script',
    'runs with 20 params and 100 points',
    'compare 5 runs, 500 points each',
    'overview of 20,000 points',
    'zoom into it, slowest range',
    'compare 5 runs a moment after they were logged',
    'disk per point, index included',
    expect.stringContaining('memory of the API while logging'),
    'search 200 runs, p95',
  ]);
  for (const { name, thaw } of results) expect({ name, measured: Number.isFinite(thaw) }).toEqual({ name, measured: true });
}, 120_000);
