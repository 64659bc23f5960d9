import { inArray, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { blob } from '../../schema';
import { notify } from '../notify';

/** Called in the transaction that removes what referred to them and holds them (holdBlobs), so that they are removed even if the process ends right after it. */
export async function releaseBlobs(tx: Executor, sha256s: readonly string[]): Promise<void> {
  if (sha256s.length === 0) return;
  // Set by the clock of the moment: a later release of the same blob is told from this one.
  await tx.update(blob).set({ releasedAt: sql`clock_timestamp()` }).where(inArray(blob.sha256, [...sha256s]));
  await notify(tx, 'blobsReleased', sha256s[0]!);
}
