import { inArray } from 'drizzle-orm';
import type { Database } from '../../connect';
import { blob } from '../../schema';

/**
 * Runs work on those of the blobs that have no row, while nobody can give them one: recordBlob waits. A crash in the
 * middle leaves either a file without a row, which the next gc takes, or neither.
 */
export function withoutRow(db: Database, sha256s: readonly string[], work: (free: string[]) => Promise<void>): Promise<void> {
  return db.transaction(async (tx) => {
    if (sha256s.length === 0) return;
    const rows = [...sha256s].sort().map((sha256) => ({ sha256, size: 0 }));
    const free = (await tx.insert(blob).values(rows).onConflictDoNothing().returning({ sha256: blob.sha256 })).map(({ sha256 }) => sha256);
    await work(free);
    if (free.length > 0) await tx.delete(blob).where(inArray(blob.sha256, free));
  });
}
