import type { Database } from '@thaw/db';
import { findBlobSizes } from '@thaw/db/queries/blob/find-blob-sizes';
import { findUnreferencedBlobs } from '@thaw/db/queries/gc/find-unreferenced-blobs';
import { removeBlobs } from '@thaw/db/queries/gc/remove-blobs';
import { withoutRow } from '@thaw/db/queries/gc/without-row';
import type { Blob, BlobStore } from '../blob/blob-store';

export interface Swept {
  blobs: number;
  blobBytes: number;
}

/** Candidates found at a time, and of them those removed in one transaction. */
const page = 10_000;
const batch = 500;
/** Milliseconds that a file without a row is left alone: a put that is under way names its file before it commits. */
const grace = 3600 * 1000;

/** Files that nothing refers to, all of them. */
export async function sweepBlobs(db: Database, blobs: BlobStore, signal: AbortSignal): Promise<Swept> {
  const swept: Swept = { blobs: 0, blobBytes: 0 };
  for (let found = await findUnreferencedBlobs(db, '', page); found.length > 0; found = await findUnreferencedBlobs(db, found.at(-1)!, page)) {
    for (let start = 0; start < found.length && !signal.aborted; start += batch) {
      const gone = await removeUnreferenced(db, blobs, found.slice(start, start + batch));
      swept.blobs += gone.length;
      swept.blobBytes += sum(gone);
    }
    if (signal.aborted) break;
  }
  return swept;
}

/** Those of them that nothing refers to: first their rows and then, while no row can come back, the files. */
export async function removeUnreferenced(db: Database, blobs: BlobStore, sha256s: readonly string[]): Promise<Blob[]> {
  const gone = await removeBlobs(db, sha256s);
  await removeFiles(db, blobs, gone);
  return gone;
}

/** What a crash left: files whose row never came, or is gone. */
export async function sweepStrayFiles(db: Database, blobs: BlobStore, signal: AbortSignal): Promise<Swept> {
  const swept: Swept = { blobs: 0, blobBytes: 0 };
  for await (const strays of listStrayFiles(db, blobs)) {
    if (signal.aborted) break;
    const removed = await removeFiles(db, blobs, strays);
    swept.blobs += removed.length;
    swept.blobBytes += sum(removed);
  }
  return swept;
}

export async function countStrayFiles(db: Database, blobs: BlobStore): Promise<Swept> {
  const counted: Swept = { blobs: 0, blobBytes: 0 };
  for await (const strays of listStrayFiles(db, blobs)) {
    counted.blobs += strays.length;
    counted.blobBytes += sum(strays);
  }
  return counted;
}

async function* listStrayFiles(db: Database, blobs: BlobStore): AsyncGenerator<Blob[]> {
  let files: Blob[] = [];
  const strays = async () => {
    const known = await findBlobSizes(db, files.map(({ sha256 }) => sha256));
    const unknown = files.filter(({ sha256 }) => !known.has(sha256));
    files = [];
    return unknown;
  };
  for await (const file of blobs.list()) {
    if (Date.now() - file.modifiedAt.getTime() < grace) continue;
    files.push(file);
    if (files.length === batch) yield await strays();
  }
  yield await strays();
}

/** Those that were given a row again meanwhile stay; answers the others. */
async function removeFiles(db: Database, blobs: BlobStore, gone: readonly Blob[]): Promise<Blob[]> {
  const removed = new Set<string>();
  await withoutRow(db, gone.map(({ sha256 }) => sha256), async (free) => {
    for (const sha256 of free) {
      await blobs.remove(sha256);
      removed.add(sha256);
    }
  });
  return gone.filter(({ sha256 }) => removed.has(sha256));
}

const sum = (blobs: readonly Blob[]) => blobs.reduce((total, { size }) => total + size, 0);
