import * as tf from '@tensorflow/tfjs';
import type { ActivationName } from '../network/layer-parts';
import { nativeBackend } from './native/native-backend';

/** Rectifiers whose gradient is one or two passes; relu6 of the layers API is clipByValue, three times slower natively. */
export function rectify(x: tf.Tensor, name: ActivationName): tf.Tensor {
  if (name === 'linear') return x;
  return name === 'relu' ? relu(x) : relu6(x);
}

const relu = tf.customGrad((x, save) => {
  const y = tf.relu(x as tf.Tensor);
  (save as tf.GradSaveFunc)([y]);
  return { value: y, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => nativeGradient('ReluGrad', dy, saved[0]!) ?? tf.mul(dy, tf.step(saved[0]!)) };
});

const relu6 = tf.customGrad((x, save) => {
  const y = tf.relu6(x as tf.Tensor);
  (save as tf.GradSaveFunc)([y]);
  return {
    value: y,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const out = saved[0]!;
      return nativeGradient('Relu6Grad', dy, out) ?? tf.mul(dy, tf.step(tf.mul(out, tf.sub(6, out))));
    },
  };
});

/** TensorFlow's own gradient operation; null on other backends. */
function nativeGradient(operation: string, dy: tf.Tensor, y: tf.Tensor): tf.Tensor | null {
  const backend = nativeBackend();
  return backend && backend.executeMultipleOutputs(operation, [backend.floatType], [dy, y], 1)[0]!;
}
