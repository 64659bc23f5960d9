import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { probeApart } from './probe-apart';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'thaw-probe-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function program(code: string): string {
  const file = path.join(folder, 'executor.cjs');
  writeFileSync(file, code);
  return file;
}

test('a library that aborts its process is a backend that does not load, and its last words say why', () => {
  // As TensorFlow 2.21 does on a GPU whose CUDA libraries it does not find.
  const aborting = program('console.error("Error loading CUDA libraries"); process.abort();');
  const probed = probeApart('tfjs-node-gpu', aborting);
  expect(probed).toEqual({ loads: false, reason: expect.stringMatching(/^Its process ended by SIGABRT: /) });
});

test('the answer is the last line, whatever a library prints before it', () => {
  const loading = program('console.log("a library’s greeting"); console.log(JSON.stringify({ loads: process.argv[2] === "probe", library: process.argv[3] }));');
  expect(probeApart('tfjs-node-gpu', loading)).toEqual({ loads: true, library: 'tfjs-node-gpu' });
});
