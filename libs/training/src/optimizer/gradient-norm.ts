import * as tf from '@tensorflow/tfjs';

/** Length of all gradients together, as one vector. Not finite when any of them is not. The caller owns the scalar. */
export function gradientNorm(gradients: tf.NamedTensorMap): tf.Scalar {
  return tf.tidy(() => tf.sqrt(tf.addN(Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)))))) as tf.Scalar;
}

/** What to multiply gradients of this norm by so that they are no longer than clipNorm (PyTorch's clip_grad_norm_); 0 clips nothing. */
export function clipFactor(norm: number, clipNorm: number): number {
  return clipNorm > 0 ? Math.min(1, clipNorm / (norm + 1e-6)) : 1;
}
