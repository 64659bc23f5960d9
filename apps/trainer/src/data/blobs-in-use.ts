import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Lists that nobody has touched for this long were left by a process that died. */
const abandonedAfterMs = 60 * 60_000;
const touchEveryMs = 10 * 60_000;

/** A blob this young may belong to a run that is just fetching what it needs. */
const settledAfterMs = 10 * 60_000;

const listsOf = (cacheFolder: string) => path.join(cacheFolder, 'in-use');

/** Notes that a run needs these blobs until it lets go of them: no trainer on this machine removes them meanwhile. */
export async function useBlobs(cacheFolder: string, sha256s: readonly string[]): Promise<AsyncDisposable> {
  const list = path.join(listsOf(cacheFolder), randomUUID());
  await mkdir(path.dirname(list), { recursive: true });
  await writeFile(list, sha256s.join('\n'));
  const touch = () => utimes(list, new Date(), new Date()).catch(() => {});
  const timer = setInterval(() => void touch(), touchEveryMs).unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      // When they were last used, for trimBlobs. Access times are off on many disks.
      const now = new Date();
      await Promise.all(sha256s.map((sha256) => utimes(blobFile(cacheFolder, sha256), now, now).catch(() => {})));
      await rm(list, { force: true });
    },
  };
}

export const blobFile = (cacheFolder: string, sha256: string) => path.join(cacheFolder, sha256.slice(0, 2), sha256);

/** Removes the blobs used longest ago until `limitBytes` are kept at most, but none that a run needs. Answers how many went. */
export async function trimBlobs(cacheFolder: string, limitBytes: number): Promise<number> {
  const used = await blobsInUse(cacheFolder);
  const folders = (await readdir(cacheFolder).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const blobs = [];
  for (const folder of folders) {
    for (const name of await readdir(path.join(cacheFolder, folder))) {
      const file = path.join(cacheFolder, folder, name);
      const stats = await stat(file).catch(() => null);
      if (stats) blobs.push({ name, file, bytes: stats.size, usedMs: stats.mtimeMs });
    }
  }
  blobs.sort((a, b) => a.usedMs - b.usedMs);
  let kept = blobs.reduce((sum, { bytes }) => sum + bytes, 0);
  let removed = 0;
  for (const { name, file, bytes, usedMs } of blobs) {
    if (kept <= limitBytes) break;
    if (used.has(name) || Date.now() - usedMs < settledAfterMs) continue;
    await rm(file, { force: true });
    kept -= bytes;
    removed++;
  }
  return removed;
}

async function blobsInUse(cacheFolder: string): Promise<Set<string>> {
  const used = new Set<string>();
  for (const name of await readdir(listsOf(cacheFolder)).catch(() => [])) {
    const list = path.join(listsOf(cacheFolder), name);
    const touched = await stat(list).catch(() => null);
    if (!touched) continue;
    if (Date.now() - touched.mtimeMs > abandonedAfterMs) await rm(list, { force: true });
    else for (const sha256 of (await readFile(list, 'utf8').catch(() => '')).split('\n')) used.add(sha256);
  }
  return used;
}
