import { createHash } from 'node:crypto';
import os from 'node:os';
import sharp from 'sharp';
import { cropBox, render, type PictureSource, type View } from '@thaw/training';
import type { BlobCache } from './blob-cache';

export interface ListedPicture {
  id: string;
  path: string;
  sha256: string;
  /** index into the classes */
  label: number;
}

/** The pictures of one split as the model sees them. All are on this machine's disk before this returns, so that training needs no API. */
export async function createPictureSource(pictures: readonly ListedPicture[], inputSize: number, cache: BlobCache, signal?: AbortSignal): Promise<PictureSource> {
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
      const picture = pictures[index]!;
      return decode(picture, await cache.read(picture.sha256), inputSize, view);
    },
  };
}

/** RGB bytes [inputSize, inputSize, 3]: turned upright, on white where it is transparent, cropped, stretched to the square with a triangle filter as Pillow's BILINEAR, then as the view has it. */
export async function decode({ path, sha256 }: Pick<ListedPicture, 'path' | 'sha256'>, bytes: Uint8Array, inputSize: number, view: View): Promise<Uint8Array> {
  try {
    const picture = sharp(bytes, { failOn: 'error' }).autoOrient();
    if (view.crop) {
      const { width, height } = (await picture.metadata()).autoOrient;
      picture.extract(cropBox(view.crop, width, height));
    }
    const pixels = await picture
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize(inputSize, inputSize, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false })
      .raw({ depth: 'uchar' })
      .toBuffer();
    return render(pixels, inputSize, view);
  } catch (error) {
    throw new Error(`The picture ${path} (${sha256.slice(0, 12)}) does not decode: ${(error as Error).message}. Import the dataset again without it.`, { cause: error });
  }
}

function digestOf(pictures: readonly ListedPicture[]): string {
  const hash = createHash('sha256');
  for (const { sha256 } of pictures) hash.update(sha256);
  return hash.digest('hex');
}
