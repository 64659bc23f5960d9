import * as tf from '@tensorflow/tfjs';
import { nativeBackend, type NativeBackend } from './native/native-backend';
import { channelSums } from './channel-sums';

export interface BatchStatistics {
  mean: tf.Tensor;
  /** With Bessel's correction, as TensorFlow and PyTorch feed it into the moving variance. */
  variance: tf.Tensor;
}

/**
 * Normalises x [..., channels] by the statistics of this batch, then gamma and beta. One gradient function instead
 * of the dozen small operations tfjs would record: 30 times faster natively. `report` gets the statistics.
 */
export function batchNormTraining(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number, report: (statistics: BatchStatistics) => void): tf.Tensor {
  const native = x.rank === 4 ? nativeBackend() : null;
  return (native ? nativeNorm(native, epsilon, report) : composedNorm(epsilon, report))(x, gamma, beta);
}

function composedNorm(epsilon: number, report: (statistics: BatchStatistics) => void) {
  return tf.customGrad((...args) => {
    const [x, gamma, beta, save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const count = x.size / gamma.size;
    const mean = tf.div(channelSums(x), count);
    const centred = tf.sub(x, mean);
    const variance = tf.div(channelSums(tf.square(centred)), count);
    report({ mean, variance: tf.mul(variance, count / Math.max(count - 1, 1)) });
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const normal = tf.mul(centred, inverse);
    save([normal, tf.mul(inverse, gamma)]);
    return {
      value: tf.add(tf.mul(normal, gamma), beta),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [normal, scale] = saved as [tf.Tensor, tf.Tensor];
        const dBeta = channelSums(dy);
        const dGamma = channelSums(tf.mul(dy, normal));
        const dx = () => tf.mul(tf.sub(tf.sub(dy, tf.div(dBeta, count)), tf.mul(normal, tf.div(dGamma, count))), scale);
        return [dx(), dGamma, dBeta];
      },
    };
  });
}

function nativeNorm(native: NativeBackend, epsilon: number, report: (statistics: BatchStatistics) => void) {
  const attributes = [
    native.floatType,
    { ...native.floatType, name: 'U' },
    native.float('epsilon', epsilon),
    native.text('data_format', 'NHWC'),
    native.bool('is_training', true),
  ];
  return tf.customGrad((...args) => {
    const [x, gamma, beta, save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const [y, mean, variance, ...reserved] = native.executeMultipleOutputs('FusedBatchNormV3', attributes, [x, gamma, beta, tf.tensor1d([]), tf.tensor1d([])], 6);
    report({ mean: mean!, variance: variance! });
    save([x, gamma, ...reserved]);
    return {
      value: y!,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, gamma, ...reserved] = saved as [tf.Tensor, tf.Tensor, ...tf.Tensor[]];
        return native.executeMultipleOutputs('FusedBatchNormGradV3', attributes, [dy, x, gamma, ...reserved], 5).slice(0, 3);
      },
    };
  });
}
