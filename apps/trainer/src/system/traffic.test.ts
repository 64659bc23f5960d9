import { spawn } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { traffic } from './traffic';

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('what a process writes to disk counts, and only for it', () => {
  // Not among the temporary files, which may be kept in memory.
  const folder = mkdtempSync(path.join(__dirname, 'traffic-'));
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    const before = [traffic([process.pid]), traffic([other.pid!])];
    const file = openSync(path.join(folder, 'file'), 'w');
    writeSync(file, Buffer.alloc(8 * 2 ** 20, 1));
    fsyncSync(file);
    closeSync(file);
    const written = [traffic([process.pid]), traffic([other.pid!])].map((now, index) => now.diskWritten! - before[index]!.diskWritten!);
    expect(written[0]).toBeGreaterThanOrEqual(8 * 2 ** 20);
    expect(written[1]).toBeLessThan(8 * 2 ** 20);
  } finally {
    other.kill();
    rmSync(folder, { recursive: true });
  }
});
