import * as tf from '@tensorflow/tfjs';

interface Attributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: 'same' | 'valid' | number;
}

/** The built-in gradient takes every window for a whole one, though at padded edges the mean is over fewer pixels (checked in 4.22). */
export const avgPoolGrad = (builtIn: tf.KernelFunc): tf.KernelFunc => (parameters) => {
  const { dy, input } = parameters.inputs as unknown as { dy: tf.Tensor4D; input: tf.Tensor4D };
  const { filterSize, strides, pad } = parameters.attrs as unknown as Attributes;
  const info = tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad);
  if (info.padInfo.type === 'VALID') return builtIn(parameters);
  return tf.tidy(() => {
    const rows = seen(info.outHeight, info.filterHeight, info.strideHeight, info.padInfo.top, info.inHeight);
    const columns = seen(info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left, info.inWidth);
    const share = tf.mul(tf.div(info.filterHeight, tf.tensor(rows, [1, rows.length, 1, 1])), tf.div(info.filterWidth, tf.tensor(columns, [1, 1, columns.length, 1])));
    return builtIn({ ...parameters, inputs: { ...parameters.inputs, dy: tf.mul(dy, share) } }) as tf.Tensor;
  });
};

/** How many pixels each window sees along one axis. */
function seen(windows: number, filter: number, stride: number, before: number, pixels: number): number[] {
  return Array.from({ length: windows }, (_, index) => Math.min(index * stride - before + filter, pixels) - Math.max(index * stride - before, 0));
}
