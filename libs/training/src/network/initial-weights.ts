import * as tf from '@tensorflow/tfjs';
import type { LayerNode } from '@thaw/model-zoo';
import { randomStream, type Random } from '../random';

/** Glorot uniform, Keras's default for kernels: fans counted over the receptive field. */
export function glorotUniform(shape: number[], random: Random): tf.Tensor {
  const field = shape.slice(0, -2).reduce((product, side) => product * side, 1);
  const limit = Math.sqrt(6 / (field * (shape.at(-2)! + shape.at(-1)!)));
  const size = field * shape.at(-2)! * shape.at(-1)!;
  return tf.tensor(Float32Array.from({ length: size }, () => (2 * random() - 1) * limit), shape);
}

/** Forgets everything the backbone has learned. */
export function reinitialise(graph: readonly LayerNode[], seed: number): void {
  tf.tidy(() => {
    for (const { layer } of graph) {
      for (const weight of layer.weights) {
        const variable = weight.read() as tf.Variable;
        variable.assign(initialValue(weight.originalName, variable.shape, seed));
      }
    }
  });
}

function initialValue(name: string, shape: number[], seed: number): tf.Tensor {
  const role = name.split('/').at(-1)!;
  if (role.endsWith('kernel') && shape.length >= 2) return glorotUniform(shape, randomStream(seed, 'weights', name));
  return role === 'gamma' || role === 'moving_variance' ? tf.ones(shape) : tf.zeros(shape);
}
