import * as tf from '@tensorflow/tfjs';
import { channelSums } from './channel-sums';

/**
 * Normalises every [channels] of x [..., channels] for itself, then gamma and beta. (tfjs-layers repeats gamma, beta and
 * the statistics to the size of x, and the gradient of that is an operation for every pixel: minutes a step.)
 */
export function layerNorm(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): tf.Tensor {
  return tf.customGrad((...args) => {
    const [x, gamma, beta, save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
    const normal = tf.mul(centred, inverse);
    save([normal, inverse, gamma]);
    return {
      value: tf.add(tf.mul(normal, gamma), beta),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [normal, inverse, gamma] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        const scaled = tf.mul(dy, gamma);
        const along = tf.mul(normal, tf.mean(tf.mul(scaled, normal), -1, true));
        const dx = tf.mul(tf.sub(tf.sub(scaled, tf.mean(scaled, -1, true)), along), inverse);
        return [dx, channelSums(tf.mul(dy, normal)), channelSums(dy)];
      },
    };
  })(x, gamma, beta);
}
