import * as tf from '@tensorflow/tfjs';

/** Sums [..., channels] over all axes but the last, as a matrix product: reductions over leading axes are slow in wasm. */
export function channelSums(x: tf.Tensor): tf.Tensor {
  const channels = x.shape.at(-1)!;
  const rows = x.size / channels;
  if (tf.getBackend() !== 'wasm') return tf.sum(tf.reshape(x, [rows, channels]), 0);
  return tf.reshape(tf.matMul(tf.ones([1, rows]), tf.reshape(x, [rows, channels])), [channels]);
}
