import { createHash } from 'node:crypto';
import os from 'node:os';
import type { PictureSource } from '@thaw/training';
import type { BlobCache } from './blob-cache';
import type { Decoder } from './decode/decode-pool';

export interface ListedPicture {
  id: string;
  path: string;
  sha256: string;
  /** index into the classes */
  label: number;
}

/** The pictures of one split as the model sees them. All are on this machine's disk before this returns, so that training needs no API. */
export async function createPictureSource(pictures: readonly ListedPicture[], inputSize: number, cache: BlobCache, decode: Decoder, signal?: AbortSignal): Promise<PictureSource> {
  const queue = pictures.values();
  const fill = async () => {
    for (const { sha256 } of queue) {
      signal?.throwIfAborted();
      await cache.ensure(sha256);
    }
  };
  await Promise.all(Array.from({ length: Math.max(4, os.availableParallelism()) }, fill));

  return {
    count: pictures.length,
    labels: Int32Array.from(pictures, ({ label }) => label),
    digest: digestOf(pictures),
    read: async (index, view) => {
      const { path, sha256 } = pictures[index]!;
      const request = { path, sha256, file: cache.fileOf(sha256), inputSize, view };
      const bytes = await decode(request);
      if (bytes) return bytes;
      await cache.read(sha256);
      return (await decode(request)) ?? Promise.reject(new Error(`${request.file} does not hold what was just written to it. Is its disk full or failing?`));
    },
  };
}

function digestOf(pictures: readonly ListedPicture[]): string {
  const hash = createHash('sha256');
  for (const { sha256 } of pictures) hash.update(sha256);
  return hash.digest('hex');
}
