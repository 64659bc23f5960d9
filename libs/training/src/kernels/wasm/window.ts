import * as tf from '@tensorflow/tfjs';

type ConvInfo = tf.backend_util.Conv2DInfo;

/** x with the zeros its convolution adds around it. */
export function padded(x: tf.Tensor4D, { padInfo: { top, bottom, left, right } }: ConvInfo): tf.Tensor4D {
  return top + bottom + left + right === 0 ? x : tf.pad(x, [[0, 0], [top, bottom], [left, right], [0, 0]]);
}

/** The pixels that kernel position (row, column) sees, one per output pixel: [n, outHeight, outWidth, channels]. */
export function seenBy(row: number, column: number, pixels: tf.Tensor4D, info: ConvInfo): tf.Tensor4D {
  const { batchSize, outHeight, outWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  const [, height, width, channels] = pixels.shape;
  const top = row * dilationHeight;
  const left = column * dilationWidth;
  if (strideHeight === 1 && strideWidth === 1) {
    if (outHeight === height && outWidth === width) return pixels;
    return tf.slice(pixels, [0, top, left, 0], [batchSize, outHeight, outWidth, channels]);
  }
  const end = [batchSize, top + (outHeight - 1) * strideHeight + 1, left + (outWidth - 1) * strideWidth + 1, channels];
  return tf.stridedSlice(pixels, [0, top, left, 0], end, [1, strideHeight, strideWidth, 1]) as tf.Tensor4D;
}

/** dy laid out so that a "valid" convolution of stride 1 with the flipped kernel gives the gradient of the input. */
export function backwards(dy: tf.Tensor4D, { filterHeight, filterWidth, inHeight, inWidth, strideHeight, strideWidth, padInfo }: ConvInfo): tf.Tensor4D {
  const spread = spreadOut(dy, strideHeight, strideWidth);
  return fitted(spread, [filterHeight - 1 - padInfo.top, inHeight + filterHeight - 1], [filterWidth - 1 - padInfo.left, inWidth + filterWidth - 1]);
}

/** Puts stride − 1 zeros after every pixel. */
function spreadOut(dy: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const [n, height, width, channels] = dy.shape;
  const spread = tf.pad(tf.reshape(dy, [n, height, 1, width, 1, channels]), [[0, 0], [0, 0], [0, strideHeight - 1], [0, 0], [0, strideWidth - 1], [0, 0]]);
  return tf.reshape(spread, [n, height * strideHeight, width * strideWidth, channels]);
}

/** Zeros before (a cut when negative), then zeros or a cut after, up to the wanted size. */
function fitted(x: tf.Tensor4D, [top, height]: [number, number], [left, width]: [number, number]): tf.Tensor4D {
  const [n, rows, columns, channels] = x.shape;
  const after = (size: number, before: number, present: number) => Math.max(0, size - before - present);
  const margins: [number, number][] = [[0, 0], [Math.max(0, top), after(height, top, rows)], [Math.max(0, left), after(width, left, columns)], [0, 0]];
  const grown = margins.flat().some((margin) => margin > 0) ? tf.pad(x, margins) : x;
  if (grown.shape[1] === height && grown.shape[2] === width) return grown;
  return tf.slice(grown, [0, Math.max(0, -top), Math.max(0, -left), 0], [n, height, width, channels]);
}
