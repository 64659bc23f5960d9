import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file being written is touched with every chunk; one that is not was left by a trainer that died. */
const abandonedAfterMs = 60 * 60_000;

/** Removes the files used longest ago until `limitBytes` are kept at most. Another trainer may remove some at the same time. */
export async function trimFolder(folder: string, limitBytes: number): Promise<void> {
  const names = await readdir(folder);
  const found = await Promise.all(names.map(async (name) => {
    const file = path.join(folder, name);
    const stats = await stat(file).catch(() => null);
    return stats && { file, bytes: stats.size, usedMs: stats.mtimeMs };
  }));
  const files = found.filter((file) => file !== null).sort((a, b) => a.usedMs - b.usedMs);
  let kept = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes, usedMs } of files) {
    const isAbandoned = isUnfinished(file) && Date.now() - usedMs > abandonedAfterMs;
    if (!isAbandoned && (kept <= limitBytes || isUnfinished(file))) continue;
    await rm(file, { force: true });
    kept -= bytes;
  }
}

const isUnfinished = (file: string) => file.endsWith('.tmp');
