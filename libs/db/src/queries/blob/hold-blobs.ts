import { asc, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { blob } from '../../schema';

/** Called first in a transaction that changes several of them, whatever for: all are held at once, in the order of the key, so that two such transactions cannot deadlock. */
export async function holdBlobs(tx: Executor, sha256s: readonly string[]): Promise<void> {
  await tx.select({ sha256: blob.sha256 }).from(blob).where(inArray(blob.sha256, [...sha256s])).orderBy(asc(blob.sha256)).for('no key update');
}
