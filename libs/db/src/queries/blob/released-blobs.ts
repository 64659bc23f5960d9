import { asc, isNotNull, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../connect';
import { blob } from '../../schema';
import { isReferredTo, isTakeable } from '../gc/find-unreferenced-blobs';
import { holdBlobs } from './hold-blobs';

export interface ReleasedBlob {
  sha256: string;
  releasedAt: Date;
}

/** The longest released first. */
export async function listReleasedBlobs(db: Executor, first: number): Promise<ReleasedBlob[]> {
  const rows = await db.select({ sha256: blob.sha256, releasedAt: blob.releasedAt }).from(blob).where(isNotNull(blob.releasedAt)).orderBy(asc(blob.releasedAt)).limit(first);
  return rows as ReleasedBlob[];
}

/** Those of them that something refers to again, or that were sent again, need no removal; unless they were released once more since. */
export async function keepReleasedBlobs(db: Database, released: readonly ReleasedBlob[]): Promise<void> {
  if (released.length === 0) return;
  const sha256s = released.map(({ sha256 }) => sha256);
  await db.transaction(async (tx) => {
    await holdBlobs(tx, sha256s);
    await tx.execute(sql`/* keepReleasedBlobs */
      update blob set released_at = null
      from unnest(${sql.param(sha256s)}::text[], ${sql.param(released.map(({ releasedAt }) => releasedAt.toISOString()))}::timestamptz[]) as seen(sha256, released_at)
      where blob.sha256 = seen.sha256 and blob.released_at = seen.released_at and (${isReferredTo} or not ${isTakeable})`);
  });
}
