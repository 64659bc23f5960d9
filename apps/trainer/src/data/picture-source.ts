import os from 'node:os';
import sharp from 'sharp';
import type { PictureSource } from '@thaw/training';
import type { BlobCache } from './blob-cache';

export interface ListedPicture {
  id: string;
  path: string;
  sha256: string;
  /** index into the classes */
  label: number;
}

/** Decoded pictures up to this many bytes stay in memory; beyond it each is decoded whenever it is read. */
export const memoryLimit = 2 ** 30;

/**
 * The pictures of one split as the model sees them. All are downloaded before this returns, so that training needs no
 * API; `budget` is shared by the splits of a run.
 */
export async function createPictureSource(pictures: readonly ListedPicture[], inputSize: number, cache: BlobCache, budget: { bytes: number }, signal?: AbortSignal): Promise<PictureSource> {
  const length = inputSize * inputSize * 3;
  const inMemory = pictures.length * length <= budget.bytes;
  const decoded = inMemory ? new Uint8Array(pictures.length * length) : undefined;
  if (decoded) budget.bytes -= decoded.byteLength;

  const slot = (index: number) => decoded!.subarray(index * length, (index + 1) * length);
  const queue = pictures.entries();
  const fill = async () => {
    for (const [index, picture] of queue) {
      signal?.throwIfAborted();
      const bytes = await cache.read(picture.sha256);
      if (decoded) slot(index).set(await decode(picture, bytes, inputSize));
    }
  };
  await Promise.all(Array.from({ length: Math.max(4, os.availableParallelism()) }, fill));

  return {
    count: pictures.length,
    labels: Int32Array.from(pictures, ({ label }) => label),
    read: async (index) => {
      if (decoded) return slot(index);
      const picture = pictures[index]!;
      return decode(picture, await cache.read(picture.sha256), inputSize);
    },
  };
}

/** RGB bytes [inputSize, inputSize, 3]: turned upright, on white where it is transparent, stretched to the square with a triangle filter as Pillow's BILINEAR. */
export async function decode({ path, sha256 }: Pick<ListedPicture, 'path' | 'sha256'>, bytes: Uint8Array, inputSize: number): Promise<Uint8Array> {
  try {
    return await sharp(bytes, { failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize(inputSize, inputSize, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false })
      .raw({ depth: 'uchar' })
      .toBuffer();
  } catch (error) {
    throw new Error(`The picture ${path} (${sha256.slice(0, 12)}) does not decode: ${(error as Error).message}. Import the dataset again without it.`, { cause: error });
  }
}
