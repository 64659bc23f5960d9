import { asc, inArray, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { blob } from '../../schema';
import { notify } from '../notify';

/** Called in the transaction that removes what referred to them, so that they are removed even if the process ends right after it. */
export async function releaseBlobs(tx: Executor, sha256s: readonly string[]): Promise<void> {
  if (sha256s.length === 0) return;
  // In the order of the key, so that two transactions cannot deadlock.
  await tx.select({ sha256: blob.sha256 }).from(blob).where(inArray(blob.sha256, [...sha256s])).orderBy(asc(blob.sha256)).for('no key update');
  // Set by the clock of the moment: a later release of the same blob is told from this one.
  await tx.update(blob).set({ releasedAt: sql`clock_timestamp()` }).where(inArray(blob.sha256, [...sha256s]));
  await notify(tx, 'blobsReleased', sha256s[0]!);
}
