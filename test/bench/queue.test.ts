import { execFileSync } from 'node:child_process';
import { root } from '../kit/shared-data';

test('a smoke round of bench:queue measures every row, and nothing is given twice or left', () => {
  const output = execFileSync(process.execPath, ['tools/bench.mjs', 'queue', '--smoke', '--json'], { cwd: root, encoding: 'utf8' });
  const { bench, results } = JSON.parse(output.trim().split('\n').at(-1)!) as { bench: string; results: { name: string; thaw: number }[] };
  expect(bench).toBe('queue');
  expect(results.length).toBe(14);
  for (const { name, thaw } of results) expect({ name, measured: Number.isFinite(thaw) }).toEqual({ name, measured: true });
  const counted = results.filter(({ name }) => /given to two|left waiting|overt|nobody took/.test(name));
  expect(counted.length).toBe(6);
  expect(counted.filter(({ thaw }) => thaw !== 0)).toEqual([]);
}, 180_000);
