import type { Database } from '@thaw/db';
import { keepReleasedBlobs, listReleasedBlobs } from '@thaw/db/queries/blob/released-blobs';
import { blobsLock, withLock } from '@thaw/db/queries/with-lock';
import type { BlobStore } from '../blob/blob-store';
import type { Services } from '../context';
import { removeUnreferenced } from './sweep-blobs';

/** Removed under one hold of the lock, which a backup waits for. */
const batch = 50;
const slowPollMs = 60_000;
const retryMs = 2_000;

/**
 * Files of checkpoints that made room for newer ones go at once, not with the next gc: every epoch leaves some. What a
 * process that died has not removed is found by whoever looks next. While a backup is taken, they wait.
 */
export function removeReleasedBlobs({ db, blobs, notifier, log, signal }: Services): void {
  let busy = false;
  let again = false;
  let timer: NodeJS.Timeout;
  const look = async () => {
    again = true;
    if (busy || signal.aborted) return;
    busy = true;
    clearTimeout(timer);
    let next = slowPollMs;
    try {
      while (again && !signal.aborted) {
        again = false;
        const { left } = await removeReleased(db, blobs);
        if (left === 'MORE') again = true;
        if (left === 'LOCKED') next = retryMs;
      }
    } catch (error) {
      next = retryMs;
      if (!signal.aborted) log.warn({ err: error }, 'files that nothing refers to any more could not be removed; trying again');
    } finally {
      busy = false;
      if (!signal.aborted) timer = setTimeout(look, next).unref();
    }
  };
  const unwatch = notifier.watch('blobsReleased', () => void look());
  signal.addEventListener('abort', () => (unwatch(), clearTimeout(timer)), { once: true });
  void look();
}

/** One batch. LOCKED: a backup or gc is at work. */
export async function removeReleased(db: Database, blobs: BlobStore): Promise<{ removed: number; left: 'NONE' | 'MORE' | 'LOCKED' }> {
  const released = await listReleasedBlobs(db, batch);
  if (released.length === 0) return { removed: 0, left: 'NONE' };
  const locked = await withLock(db, blobsLock, async () => {
    const removed = await removeUnreferenced(db, blobs, released.map(({ sha256 }) => sha256));
    await keepReleasedBlobs(db, released);
    return removed.length;
  });
  if (!locked.held) return { removed: 0, left: 'LOCKED' };
  return { removed: locked.value, left: released.length === batch && locked.value > 0 ? 'MORE' : 'NONE' };
}
