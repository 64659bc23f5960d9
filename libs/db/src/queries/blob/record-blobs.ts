import type { Executor } from '../../connect';
import { blob } from '../../schema';

/** Notes files that are on disk. Recording one again changes nothing. */
export async function recordBlobs(db: Executor, blobs: readonly { sha256: string; size: number }[]): Promise<void> {
  // In the order of the key, so that two imports of the same files cannot deadlock.
  const rows = [...new Map(blobs.map(({ sha256, size }) => [sha256, { sha256, size }])).values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  for (let start = 0; start < rows.length; start += 1000) {
    await db.insert(blob).values(rows.slice(start, start + 1000)).onConflictDoNothing();
  }
}
