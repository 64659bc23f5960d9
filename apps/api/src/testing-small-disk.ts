import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SmallDisk {
  folder: string;
  remove(): void;
}

/** A real file system of a few bytes, to be filled; null where mounting one is not allowed (it takes root on Linux). */
export function mountSmallDisk(bytes: number): SmallDisk | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'thaw-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    remove() {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** `test`, or a skipped test that says why. */
export const testOn = (disk: SmallDisk | null) => (disk ? test : (name: string, _body: unknown, _timeout?: number) => test.skip(`${name} (skipped: mounting a small disk needs root on Linux)`, () => {}));
