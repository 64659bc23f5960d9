import * as tf from '@tensorflow/tfjs';
import { channelSums } from '../channel-sums';
import { backwards, viewsOf } from './window';

interface Attributes {
  strides: [number, number] | number;
  pad: 'same' | 'valid' | number;
  dilations: [number, number] | number;
  filterShape: [number, number, number, number];
  inputShape: [number, number, number, number];
}

/** Per kernel position: the sum over all pixels of what it sees times dy. */
export const depthwiseBackpropFilter: tf.KernelFunc = ({ inputs, attrs }) => tf.tidy(() => {
  const { x, dy } = inputs as unknown as { x: tf.Tensor4D; dy: tf.Tensor4D };
  const { strides, pad, dilations, filterShape } = attrs as unknown as Attributes;
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, dilations, pad, undefined, true);
  const [height, width, channels, multiplier] = filterShape;
  const view = viewsOf(eachRepeated(x, multiplier), info);
  const positions: tf.Tensor[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) positions.push(channelSums(tf.mul(view(row, column), dy)));
  }
  return tf.reshape(tf.stack(positions), [height, width, channels, multiplier]);
});

/** The convolution run backwards: dy, spread out by the stride, through the flipped kernel. */
export const depthwiseBackpropInput: tf.KernelFunc = ({ inputs, attrs }) => tf.tidy(() => {
  const { dy, filter } = inputs as unknown as { dy: tf.Tensor4D; filter: tf.Tensor4D };
  const { strides, pad, dilations, inputShape } = attrs as unknown as Attributes;
  const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, dilations, pad, undefined, true);
  const [height, width, channels, multiplier] = filter.shape;
  const [n, inHeight, inWidth] = inputShape;
  const placed = backwards(dy, info);
  const flipped = tf.reshape(tf.reverse(filter, [0, 1]), [height, width, channels * multiplier, 1]) as tf.Tensor4D;
  const perOutput = tf.depthwiseConv2d(placed, flipped, 1, 'valid');
  return multiplier === 1 ? perOutput : tf.sum(tf.reshape(perOutput, [n, inHeight, inWidth, channels, multiplier]), 4);
});

/** Channel c becomes `times` channels side by side, as a depthwise kernel's outputs are ordered. */
function eachRepeated(x: tf.Tensor4D, times: number): tf.Tensor4D {
  if (times === 1) return x;
  const [n, height, width, channels] = x.shape;
  return tf.reshape(tf.tile(tf.reshape(x, [n, height, width, channels, 1]), [1, 1, 1, 1, times]), [n, height, width, channels * times]);
}
