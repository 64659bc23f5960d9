import * as tf from '@tensorflow/tfjs';
import { list } from '../read-model-json';
import { floatValues } from './float-values';
import type { StoredTensor } from './read-safetensors';
import type { TorchWeight } from './torch-weights';

/** Fills weights with the tensors they are stored as, which must fit (see misfit), one by one: a large model is not held twice. */
export function assignWeights(weights: readonly TorchWeight[], tensors: ReadonlyMap<string, StoredTensor>): void {
  for (const { weight, tensorName, order, stored } of weights) {
    const values = floatValues(tensors.get(tensorName)!)!;
    // What is not laid out anew is copied: a backend may keep the array it is given, and a view would keep the whole file.
    const asItIs = order.every((axis, index) => axis === index);
    tf.tidy(() => {
      const tensor = asItIs ? tf.tensor(values.slice(), stored) : tf.transpose(tf.tensor(values, stored), order);
      weight.write(tf.reshape(tensor, weight.shape as number[]));
    });
  }
}

export interface Misfit {
  /** How many tensors are missing or of another shape: how far the file is from the architecture. */
  distance: number;
  problems: string[];
}

/** What keeps a file's tensors from being these weights, every tensor named; null when nothing does. */
export function misfit(weights: readonly TorchWeight[], tensors: ReadonlyMap<string, StoredTensor>): Misfit | null {
  const missing = weights.filter(({ tensorName }) => !tensors.has(tensorName)).map(({ tensorName, stored }) => `${tensorName} ${show(stored)}`);
  const known = new Set(weights.map(({ tensorName }) => tensorName));
  // How many batches a norm has seen is no weight.
  const unused = [...tensors].filter(([name]) => !known.has(name) && !name.endsWith('.num_batches_tracked')).map(([name, { shape }]) => `${name} ${show(shape)}`);
  const wrong = weights.flatMap(({ tensorName, stored }) => {
    const found = tensors.get(tensorName);
    if (!found) return [];
    if (!tf.util.arraysEqual(found.shape, stored)) return [`${tensorName} should be ${show(stored)} but the file holds ${show(found.shape)}.`];
    return ['F32', 'F16', 'BF16'].includes(found.dtype) ? [] : [`${tensorName} is stored as ${found.dtype}; weights are F32, F16 or BF16.`];
  });
  const problems = [
    ...(missing.length > 0 ? [`The file lacks ${missing.length} of ${weights.length} tensors: ${list(missing, 20)}.`] : []),
    ...wrong,
    ...(unused.length > 0 ? [`This architecture has no place for ${unused.length} of the file's tensors: ${list(unused, 20)}. Is the file of another architecture?`] : []),
  ];
  return problems.length > 0 ? { distance: missing.length + wrong.length, problems } : null;
}

const show = (shape: readonly number[]) => `[${shape.join(', ')}]`;
