import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { followNvidiaSmi } from './nvidia-smi';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'thaw-gpu-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in nvidia-smi's place that says what it was asked, and then does as told. */
function program(code: string): readonly [string, string] {
  const file = path.join(folder, 'nvidia-smi.cjs');
  writeFileSync(file, `require('node:fs').appendFileSync(${JSON.stringify(path.join(folder, 'asked'))}, process.argv.slice(2).join(' ') + '\\n');\n${code}`);
  return [process.execPath, file];
}

test('it goes on by itself, is started again when it ends, and ends with whoever follows it', async () => {
  const rows: string[][] = [];
  let told = () => {};
  // One row each time, and then it dies.
  const followed = followNvidiaSmi({ query: '--query-gpu=index', everySeconds: 2, firstRetryMs: 1, program: program('process.stdout.write("0, GPU-1, 37, 1024\\n", () => process.exit(9));'), onRow: (row) => { rows.push(row); told(); } });
  while (rows.length < 3) await new Promise<void>((resolve) => (told = resolve));
  followed[Symbol.dispose]();
  expect(rows.slice(0, 3)).toEqual(Array(3).fill(['0', 'GPU-1', '37', '1024']));
  expect(readFileSync(path.join(folder, 'asked'), 'utf8').split('\n')[0]).toBe('--query-gpu=index --format=csv,noheader,nounits -l 2');
});

test('one that keeps failing is asked ever more rarely', async () => {
  const startedAt = performance.now();
  using followed = followNvidiaSmi({ query: '--query-gpu=index', everySeconds: 2, firstRetryMs: 50, program: program('process.exit(9)'), onRow: () => {} });
  const starts = () => { try { return readFileSync(path.join(folder, 'asked'), 'utf8').split('\n').length - 1; } catch { return 0; } };
  while (starts() < 4) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(followed).toBeDefined();
  // 50 + 100 + 200 ms between four starts
  expect(performance.now() - startedAt).toBeGreaterThan(350);
});

test('without nvidia-smi there are no rows and no error', async () => {
  const rows: string[][] = [];
  using followed = followNvidiaSmi({ query: '--query-gpu=index', everySeconds: 1, firstRetryMs: 1, program: [path.join(folder, 'absent')], onRow: (row) => rows.push(row) });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(followed).toBeDefined();
  expect(rows).toEqual([]);
});
