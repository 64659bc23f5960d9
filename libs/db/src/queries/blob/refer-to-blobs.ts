import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { blob } from '../../schema';

/**
 * Called first in the transaction that inserts what refers to them: until it ends gc cannot take them, and afterwards gc
 * sees who refers. Answers those that are not stored; then nothing may be inserted.
 */
export async function referToBlobs(tx: Executor, sha256s: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(sha256s)].sort();
  const missing: string[] = [];
  for (let start = 0; start < wanted.length; start += 5000) {
    const batch = wanted.slice(start, start + 5000);
    const held = await tx.select({ sha256: blob.sha256 }).from(blob).where(inArray(blob.sha256, batch)).orderBy(asc(blob.sha256)).for('key share');
    const stored = new Set(held.map(({ sha256 }) => sha256));
    missing.push(...batch.filter((sha256) => !stored.has(sha256)));
    // In the order of the key, so that two transactions cannot deadlock.
    const fresh = await tx.select({ sha256: blob.sha256 }).from(blob).where(and(inArray(blob.sha256, batch), eq(blob.referenced, false))).orderBy(asc(blob.sha256)).for('no key update');
    if (fresh.length > 0) await tx.update(blob).set({ referenced: true }).where(inArray(blob.sha256, fresh.map(({ sha256 }) => sha256)));
  }
  return missing;
}
