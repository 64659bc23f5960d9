import type { PictureRow } from '@thaw/db';
import type { BlobStore } from '../blob/blob-store';
import { examinePicture } from './examine-picture';
import { decoders } from './load-source';
import { mapConcurrently } from './map-concurrently';

export type HashedPicture = PictureRow & { perceptualHash: bigint };

/** Fills in the hashes that are missing. Equal bytes are read once. What comes of it once the signal is aborted is incomplete. */
export async function hashPictures(blobs: BlobStore, pictures: readonly PictureRow[], signal?: AbortSignal): Promise<HashedPicture[]> {
  const missing = new Set(pictures.filter(({ perceptualHash }) => perceptualHash === null).map(({ sha256 }) => sha256));
  const hashes = new Map<string, bigint>();
  await mapConcurrently(missing, decoders, async (sha256) => {
    if (!signal?.aborted) hashes.set(sha256, await hashOf(blobs, sha256));
  });
  return pictures.map((picture) => ({ ...picture, perceptualHash: picture.perceptualHash ?? hashes.get(picture.sha256)! }));
}

/** A picture that was readable when it was imported and is no more looks like nothing but itself. */
async function hashOf(blobs: BlobStore, sha256: string): Promise<bigint> {
  try {
    return (await examinePicture(blobs.path(sha256))).perceptualHash;
  } catch {
    return BigInt.asIntN(64, BigInt(`0x${sha256.slice(0, 16)}`));
  }
}
