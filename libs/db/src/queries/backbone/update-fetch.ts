import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { backbone, run, type StoredFile } from '../../schema';
import { referToBlobs } from '../blob/refer-to-blobs';
import { notify } from '../notify';

/** From ABSENT or FAILED; a download under way and files that are there stay as they are. */
export async function markFetching(db: Database, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    const marked = await tx
      .update(backbone)
      .set({ status: 'FETCHING', fetchDone: 0, fetchError: null, updatedAt: sql`now()` })
      .where(and(eq(backbone.id, id), inArray(backbone.status, ['ABSENT', 'FAILED'])))
      .returning({ id: backbone.id });
    if (marked.length > 0) await notify(tx, 'backboneChanged', id);
  });
}

export async function reportFetch(db: Database, id: string, progress: { fetchDone: number; fetchTotal: number }): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(backbone).set({ ...progress, updatedAt: sql`now()` }).where(and(eq(backbone.id, id), eq(backbone.status, 'FETCHING')));
    await notify(tx, 'backboneChanged', id);
  });
}

/** The files are verified and stored: runs that wait for them can be claimed. False when one is stored no longer; nothing has changed then. */
export function markReady(db: Database, id: string, files: StoredFile[], digest: string): Promise<boolean> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return db.transaction(async (tx) => {
    if ((await referToBlobs(tx, files.map(({ sha256 }) => sha256))).length > 0) return false;
    await tx.update(backbone).set({ status: 'READY', files, digest, fetchDone: size, fetchTotal: size, fetchError: null, updatedAt: sql`now()` }).where(eq(backbone.id, id));
    const waiting = await tx.select({ id: run.id }).from(run).where(and(eq(run.backboneId, id), eq(run.status, 'QUEUED')));
    await notify(tx, 'backboneChanged', id);
    await notify(tx, 'runQueued', waiting.map((each) => each.id));
    return true;
  });
}

/** Ends the runs that wait for the download too: they would wait for ever. */
export async function markFetchFailed(db: Database, id: string, fetchError: string): Promise<void> {
  await db.transaction(async (tx) => {
    const marked = await tx.update(backbone).set({ status: 'FAILED', fetchError, updatedAt: sql`now()` }).where(and(eq(backbone.id, id), eq(backbone.status, 'FETCHING'))).returning({ id: backbone.id });
    // Imported by hand meanwhile.
    if (marked.length === 0) return;
    const failed = await tx
      .update(run)
      .set({ status: 'FAILED', endReason: 'ERROR', error: fetchError, endedAt: sql`now()` })
      .where(and(eq(run.backboneId, id), eq(run.status, 'QUEUED')))
      .returning({ id: run.id });
    await notify(tx, 'backboneChanged', id);
    await notify(tx, 'runChanged', failed.map((each) => each.id));
  });
}
