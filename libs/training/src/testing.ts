import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { hyperparametersSchema, type Hyperparameters, type HyperparametersInput } from '@thaw/config';
import { builtInFolder, findCatalogueEntry, loadBackbone, type LoadedBackbone } from '@thaw/model-zoo';
import { mnistDigits } from '../scripts/mnist-digits';
import { plainView } from './pictures/augmentation/view';
import type { PictureSource } from './pictures/picture-source';

/** The demo's real parts, smaller: the built-in backbone and a few handwritten 5–9. */
export const classes = ['5', '6', '7', '8', '9'];
export const train: PictureSource = mnistDigits(classes.map(Number), 0, 12);
export const val: PictureSource = mnistDigits(classes.map(Number), 20, 40);

export const config = (input: HyperparametersInput = {}): Hyperparameters => hyperparametersSchema.parse({ batchSize: 16, epochs: 4, earlyStopping: false, ...input });

export function digitsBackbone(): Promise<LoadedBackbone> {
  const entry = findCatalogueEntry('digits')!;
  const files = ['model.json', 'weights.bin'].map((name) => ({ path: name, sha256: '', size: 0 }));
  return loadBackbone(entry, files, (name) => readFile(path.join(builtInFolder(entry), name)));
}

/** Both folders beside the repository exist only where the project is developed. */
export const sharedFolder = path.resolve(__dirname, '../../../../shared');

/** The model's inputs for the first `count` pictures, prepared with tfjs operations alone. */
export async function inputsOf(source: PictureSource, count: number, side: number): Promise<tf.Tensor4D> {
  const pictures = await Promise.all(Array.from({ length: count }, (_, index) => source.read(index, plainView)));
  return tf.tidy(() => tf.sub(tf.div(tf.stack(pictures.map((bytes) => tf.tensor3d([...bytes], [side, side, 3]))), 127.5), 1) as tf.Tensor4D);
}
