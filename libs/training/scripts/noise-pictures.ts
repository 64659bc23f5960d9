import { randomStream } from '../src/random';
import type { PictureSource } from '../src/pictures/picture-source';

/** Pictures of noise held in memory, for measuring: reading one costs nothing. `distinct` of them, over and over. */
export function noisePictures(count: number, side: number, classes: number, distinct = 32): PictureSource {
  const random = randomStream(1, 'noise');
  const pictures = Array.from({ length: Math.min(count, distinct) }, () => Uint8Array.from({ length: side * side * 3 }, () => random() * 256));
  return {
    count,
    labels: Int32Array.from({ length: count }, (_, index) => index % classes),
    read: (index) => Promise.resolve(pictures[index % pictures.length]!),
  };
}
