import * as tf from '@tensorflow/tfjs';
import { nativeBackend } from './native/native-backend';

/** x [..., channels] + bias [channels]. Natively by BiasAdd, which TensorFlow's graphs join to the convolution before it. */
export function addBias(x: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const native = nativeBackend();
  if (!native) return tf.add(x, bias);
  const run = (operation: string, inputs: tf.Tensor[]) => native.executeMultipleOutputs(operation, [native.floatType, native.text('data_format', 'NHWC')], inputs, 1)[0]!;
  return tf.customGrad((x, bias) => ({
    value: run('BiasAdd', [x as tf.Tensor, bias as tf.Tensor]),
    gradFunc: (dy: tf.Tensor) => [tf.clone(dy), run('BiasAddGrad', [dy])],
  }))(x, bias);
}
