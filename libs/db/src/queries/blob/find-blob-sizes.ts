import { inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { blob } from '../../schema';

/** Bytes of each blob that is stored; the others are missing from the map. */
export async function findBlobSizes(db: Executor, sha256s: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const wanted = [...new Set(sha256s)];
  for (let start = 0; start < wanted.length; start += 5000) {
    const rows = await db.select({ sha256: blob.sha256, size: blob.size }).from(blob).where(inArray(blob.sha256, wanted.slice(start, start + 5000)));
    for (const { sha256, size } of rows) sizes.set(sha256, size);
  }
  return sizes;
}
