import * as tf from '@tensorflow/tfjs';
import { backwards, viewsOf } from './window';

interface Attributes {
  strides: [number, number] | number;
  pad: 'same' | 'valid' | number;
  dataFormat: 'NHWC' | 'NCHW';
  filterShape: [number, number, number, number];
  inputShape: [number, number, number, number];
}

/** One matrix product per kernel position: dyᵀ [out, n·h·w] × pixels [n·h·w, in]. */
export const conv2dBackpropFilter: tf.KernelFunc = ({ inputs, attrs }) => tf.tidy(() => {
  const { x, dy } = inputs as unknown as { x: tf.Tensor4D; dy: tf.Tensor4D };
  const { strides, pad, filterShape } = attrs as unknown as Attributes;
  const [height, width, inChannels, outChannels] = filterShape;
  const view = viewsOf(x, tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad));
  // Transposed here, once, because wasm's matrix product is three times slower with transposeA.
  const transposedDy = tf.transpose(tf.reshape(dy, [-1, outChannels]) as tf.Tensor2D);
  const positions: tf.Tensor[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) positions.push(tf.matMul(transposedDy, tf.reshape(view(row, column), [-1, inChannels])));
  }
  return tf.reshape(tf.transpose(tf.stack(positions), [0, 2, 1]), filterShape);
});

/** The convolution run backwards: dy, spread out by the stride, through the flipped kernel with inputs and outputs swapped. */
export const conv2dBackpropInput = (builtIn: tf.KernelFunc): tf.KernelFunc => (parameters) => {
  const { dy, filter } = parameters.inputs as unknown as { dy: tf.Tensor4D; filter: tf.Tensor4D };
  const { strides, pad, inputShape, dataFormat } = parameters.attrs as unknown as Attributes;
  if (dataFormat !== 'NHWC') return builtIn(parameters);
  return tf.tidy(() => {
    const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad);
    const placed = backwards(dy, info);
    const flipped = tf.transpose(filter.shape[0] * filter.shape[1] === 1 ? filter : tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    return tf.conv2d(placed, flipped, 1, 'valid');
  });
};
