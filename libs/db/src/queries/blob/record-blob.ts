import { sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { blob } from '../../schema';

/**
 * Notes a file and puts it in its place, in one transaction: a row never stands without its file, and gc, which holds the
 * row's key while it removes a file, cannot remove what is just being put there. Sending it again gives its uploader new
 * time to refer to it.
 */
export async function recordBlob(db: Database, { sha256, size }: { sha256: string; size: number }, place: () => Promise<void>): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(blob).values({ sha256, size }).onConflictDoUpdate({ target: blob.sha256, set: { createdAt: sql`now()`, referenced: false, releasedAt: null } });
    await place();
  });
}
