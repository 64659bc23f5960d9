import * as tf from '@tensorflow/tfjs';
import type { Preprocessing } from '@thaw/model-zoo';
import type { View } from './augmentation/view';
import type { PictureSource } from './picture-source';
import { byteTables, writeInput } from './preprocess';

/** The model's input [n, side, side, 3] for these pictures; the caller disposes of it. */
export type ReadPictures = (indices: readonly number[], viewOf: (index: number) => View) => Promise<tf.Tensor4D>;

/** `busy` is told of what keeps the thread from anything else. */
export function pictureBatches(source: PictureSource, preprocessing: Preprocessing, busy = <T>(work: () => T): T => work()): ReadPictures {
  const side = preprocessing.inputSize;
  const tables = byteTables(preprocessing);
  return async (indices, viewOf) => {
    const pictures = await Promise.all(indices.map((index) => source.read(index, viewOf(index))));
    return busy(() => {
      const values = new Float32Array(indices.length * side * side * 3);
      pictures.forEach((bytes, row) => writeInput(bytes, side, tables, values, row * side * side * 3));
      return tf.tensor4d(values, [indices.length, side, side, 3]);
    });
  };
}
