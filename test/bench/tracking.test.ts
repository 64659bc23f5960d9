import { execFileSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

test('a smoke round of bench:tracking measures every row', () => {
  const output = execFileSync(process.execPath, ['tools/bench.mjs', 'tracking', '--smoke', '--no-peers', '--json'], { cwd: root, encoding: 'utf8' });
  const { bench, results } = JSON.parse(output.trim().split('\n').at(-1)!) as { bench: string; results: { name: string; thaw: number }[] };
  expect(bench).toBe('tracking');
  expect(results.map(({ name }) => name)).toMatchInlineSnapshot();
  for (const { name, thaw } of results) expect({ name, measured: Number.isFinite(thaw) }).toEqual({ name, measured: true });
}, 120_000);
