import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { blobFile, trimBlobs, useBlobs } from './blobs-in-use';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'thaw-blobs-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Of 100 bytes, used so many hours ago. */
function blob(letter: string, hours: number): string {
  const sha256 = letter.repeat(64);
  const file = blobFile(folder, sha256);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, Buffer.alloc(100));
  const used = new Date(Date.now() - hours * 3_600_000);
  utimesSync(file, used, used);
  return sha256;
}

const left = (...blobs: string[]) => blobs.map((sha256) => existsSync(blobFile(folder, sha256)));

test('what was used longest ago goes first, but nothing that a run needs or that has just come', async () => {
  const blobs = [blob('a', 5), blob('b', 4), blob('c', 3), blob('d', 2), blob('e', 0)];
  const use = await useBlobs(folder, [blobs[0]!]);
  expect(await trimBlobs(folder, 300)).toBe(2);
  expect(left(...blobs)).toEqual([true, false, false, true, true]);
  // Let go of, it counts as used now.
  await use[Symbol.asyncDispose]();
  expect(await trimBlobs(folder, 0)).toBe(1);
  expect(left(...blobs)).toEqual([true, false, false, false, true]);
});

test('what a process that died had in use is kept for an hour', async () => {
  const kept = blob('a', 5);
  await useBlobs(folder, [kept]);
  await trimBlobs(folder, 0);
  expect(left(kept)).toEqual([true]);
  const [list] = readdirSync(path.join(folder, 'in-use'));
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  utimesSync(path.join(folder, 'in-use', list!), longAgo, longAgo);
  await trimBlobs(folder, 0);
  expect(left(kept)).toEqual([false]);
});

test('a cache that is not there yet has nothing to trim', async () => {
  expect(await trimBlobs(path.join(folder, 'absent'), 0)).toBe(0);
});
