import * as tf from '@tensorflow/tfjs';
import { placedBack, viewsOf } from './window';

interface Attributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'same' | 'valid' | number;
}

/** dy goes to the first pixel of each window that holds its maximum. (wasm's own kernel loses part of dy; checked in 4.22.) */
export const maxPoolGrad: tf.KernelFunc = ({ inputs, attrs }) => tf.tidy(() => {
  const { dy, input, output } = inputs as unknown as { dy: tf.Tensor4D; input: tf.Tensor4D; output: tf.Tensor4D };
  const { filterSize, strides, pad } = attrs as unknown as Attributes;
  const info = tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad);
  const view = viewsOf(input, info, -Infinity);
  let unclaimed: tf.Tensor = tf.onesLike(dy);
  let dx: tf.Tensor = tf.zerosLike(input);
  for (let row = 0; row < info.filterHeight; row++) {
    for (let column = 0; column < info.filterWidth; column++) {
      const claim = tf.mul(unclaimed, tf.cast(tf.equal(view(row, column), output), 'float32'));
      unclaimed = tf.sub(unclaimed, claim);
      dx = tf.add(dx, placedBack(tf.mul(dy, claim), row, column, info));
    }
  }
  return dx;
});
