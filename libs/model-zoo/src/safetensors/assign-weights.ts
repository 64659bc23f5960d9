import * as tf from '@tensorflow/tfjs';
import { BackboneError } from '../backbone-error';
import { list } from '../read-model-json';
import { floatValues } from './float-values';
import type { StoredTensor } from './read-safetensors';

interface Assignment {
  weight: tf.LayersModel['weights'][number];
  tensorName: string;
  /** The weight's axis k is the stored tensor's axis order[k]. */
  order: number[];
  /** The shape it is stored in. */
  wanted: number[];
}

/** Fills the model with tensors named and laid out as PyTorch does. Throws BackboneError that names every tensor that does not fit. */
export function assignWeights(model: tf.LayersModel, tensors: ReadonlyMap<string, StoredTensor>): void {
  const assignments = model.layers.flatMap(({ name, weights }) => weights.map((weight) => assignment(name, weight)));
  const problems = tensorProblems(assignments, tensors);
  if (problems.length > 0) throw new BackboneError(problems);
  tf.tidy(() => {
    const values = assignments.map(({ weight, tensorName, order, wanted }) =>
      [weight.originalName, tf.transpose(tf.tensor(floatValues(tensors.get(tensorName)!)!, wanted), order)] as const);
    model.loadWeights(Object.fromEntries(values));
  });
}

/** PyTorch's name of a weight, and its layout: convolutions [out, in, h, w], depthwise [channels, 1, h, w], linear [out, in]. */
const torchWeights: Readonly<Record<string, { suffix: string; order(rank: number): number[] }>> = {
  kernel: { suffix: 'weight', order: (rank) => (rank === 4 ? [2, 3, 1, 0] : [1, 0]) },
  depthwise_kernel: { suffix: 'weight', order: () => [2, 3, 0, 1] },
  bias: { suffix: 'bias', order: () => [0] },
  gamma: { suffix: 'weight', order: () => [0] },
  beta: { suffix: 'bias', order: () => [0] },
  moving_mean: { suffix: 'running_mean', order: () => [0] },
  moving_variance: { suffix: 'running_var', order: () => [0] },
};

function assignment(layer: string, weight: Assignment['weight']): Assignment {
  const role = torchWeights[weight.originalName.split('/').at(-1)!];
  if (!role) throw new Error(`PyTorch's name of ${weight.originalName} is not known: add it to torchWeights.`);
  const shape = weight.shape as number[];
  const order = role.order(shape.length);
  const wanted = shape.map((_, axis) => shape[order.indexOf(axis)]!);
  return { weight, tensorName: `${layer}.${role.suffix}`, order, wanted };
}

function tensorProblems(assignments: readonly Assignment[], tensors: ReadonlyMap<string, StoredTensor>): string[] {
  const missing = assignments.filter(({ tensorName }) => !tensors.has(tensorName)).map(({ tensorName, wanted }) => `${tensorName} ${show(wanted)}`);
  const known = new Set(assignments.map(({ tensorName }) => tensorName));
  // How many batches a norm has seen is no weight.
  const unused = [...tensors].filter(([name]) => !known.has(name) && !name.endsWith('.num_batches_tracked')).map(([name, { shape }]) => `${name} ${show(shape)}`);
  const wrong = assignments.flatMap(({ tensorName, wanted }) => {
    const found = tensors.get(tensorName);
    if (!found) return [];
    if (!tf.util.arraysEqual(found.shape, wanted)) return [`${tensorName} should be ${show(wanted)} but the file holds ${show(found.shape)}.`];
    return ['F32', 'F16', 'BF16'].includes(found.dtype) ? [] : [`${tensorName} is stored as ${found.dtype}; weights are F32, F16 or BF16.`];
  });
  return [
    ...(missing.length > 0 ? [`The file lacks ${missing.length} of ${assignments.length} tensors: ${list(missing, 20)}.`] : []),
    ...wrong,
    ...(unused.length > 0 ? [`This architecture has no place for ${unused.length} of the file's tensors: ${list(unused, 20)}. Is the file of another architecture?`] : []),
  ];
}

const show = (shape: readonly number[]) => `[${shape.join(', ')}]`;
