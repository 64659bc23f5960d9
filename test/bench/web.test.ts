import { execFileSync } from 'node:child_process';
import { chromiumPath } from '../kit/chromium';
import { root, testWith } from '../kit/shared-data';

testWith({ Chromium: Boolean(chromiumPath) })('a smoke round of bench:web measures every row of the dashboard', async () => {
  const output = execFileSync(process.execPath, ['tools/bench.mjs', 'web', '--smoke', '--no-peers', '--json'], { cwd: root, encoding: 'utf8' });
  const { bench, results } = JSON.parse(output.trim().split('\n').at(-1)!) as { bench: string; results: { name: string; thaw: number }[] };
  expect(bench).toBe('web');
  expect(results.length).toBe(12);
  for (const { name, thaw } of results) expect({ name, measured: Number.isFinite(thaw) && thaw > 0 }).toEqual({ name, measured: true });
}, 300_000);
