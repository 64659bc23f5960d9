import * as tf from '@tensorflow/tfjs';

type ConvInfo = tf.backend_util.Conv2DInfo;

/** For a kernel position, the pixels it sees, one per output pixel: [n, outHeight, outWidth, channels]. */
export type Views = (row: number, column: number) => tf.Tensor4D;

/**
 * Views of x with the margins (zeros, unless told) its convolution adds. A strided convolution sees every second row and column: x is dealt
 * out to such phases once, because wasm's stridedSlice is fifty times slower than its slice of whole rows.
 */
export function viewsOf(x: tf.Tensor4D, info: ConvInfo, margin = 0): Views {
  const { strideHeight, strideWidth, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info;
  const phaseHeight = outHeight + Math.floor((filterHeight - 1) / strideHeight);
  const phaseWidth = outWidth + Math.floor((filterWidth - 1) / strideWidth);
  const pixels = fitted(x, [padInfo.top, phaseHeight * strideHeight], [padInfo.left, phaseWidth * strideWidth], margin);
  const phases = everyNth(pixels, strideHeight, strideWidth);
  return (row, column) => {
    const phase = phases[row % strideHeight]![column % strideWidth]!;
    return window(phase, Math.floor(row / strideHeight), Math.floor(column / strideWidth), outHeight, outWidth);
  };
}

/** A rectangle of every picture, copied by whole rows. */
function window(x: tf.Tensor4D, top: number, left: number, height: number, width: number): tf.Tensor4D {
  const [n, rows, columns, channels] = x.shape;
  if (rows === height && columns === width) return x;
  const cut = tf.slice(tf.reshape(x, [n, rows, columns * channels]), [0, top, left * channels], [n, height, width * channels]);
  return tf.reshape(cut, [n, height, width, channels]);
}

/** [row phase][column phase]: the pixels at row phase + i · strideHeight, column phase + j · strideWidth. */
function everyNth(x: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D[][] {
  if (strideHeight === 1 && strideWidth === 1) return [[x]];
  const [n, rows, columns, channels] = x.shape;
  const [height, width] = [rows / strideHeight, columns / strideWidth];
  const byRow = tf.reshape(x, [n * height, strideHeight, columns * channels]);
  return Array.from({ length: strideHeight }, (_, row) => {
    const pixels = tf.reshape(tf.slice(byRow, [0, row, 0], [-1, 1, -1]), [n * height * width, strideWidth, channels]);
    const byColumn = tf.reshape(tf.transpose(pixels, [1, 0, 2]), [strideWidth, n * height * width * channels]);
    return Array.from({ length: strideWidth }, (_, column) => tf.reshape(tf.slice(byColumn, [column, 0], [1, -1]), [n, height, width, channels]) as tf.Tensor4D);
  });
}

/** dy laid out so that a "valid" convolution of stride 1 with the flipped kernel gives the gradient of the input. */
export function backwards(dy: tf.Tensor4D, { filterHeight, filterWidth, inHeight, inWidth, strideHeight, strideWidth, padInfo }: ConvInfo): tf.Tensor4D {
  const spread = spreadOut(dy, strideHeight, strideWidth);
  return fitted(spread, [filterHeight - 1 - padInfo.top, inHeight + filterHeight - 1], [filterWidth - 1 - padInfo.left, inWidth + filterWidth - 1]);
}

/** The reverse of one view: every output pixel's value back at the input pixel that kernel position sees, zeros elsewhere. */
export function placedBack(dy: tf.Tensor4D, row: number, column: number, { inHeight, inWidth, strideHeight, strideWidth, padInfo }: ConvInfo): tf.Tensor4D {
  return fitted(spreadOut(dy, strideHeight, strideWidth), [row - padInfo.top, inHeight], [column - padInfo.left, inWidth]);
}

/** Puts stride − 1 zeros after every pixel. */
function spreadOut(dy: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const [n, height, width, channels] = dy.shape;
  const spread = tf.pad(tf.reshape(dy, [n, height, 1, width, 1, channels]), [[0, 0], [0, 0], [0, strideHeight - 1], [0, 0], [0, strideWidth - 1], [0, 0]]);
  return tf.reshape(spread, [n, height * strideHeight, width * strideWidth, channels]);
}

/** A margin before (a cut when negative), then a margin or a cut after, up to the wanted size. */
function fitted(x: tf.Tensor4D, [top, height]: [number, number], [left, width]: [number, number], margin = 0): tf.Tensor4D {
  const [, rows, columns] = x.shape;
  const after = (size: number, before: number, present: number) => Math.max(0, size - before - present);
  const margins: [number, number][] = [[0, 0], [Math.max(0, top), after(height, top, rows)], [Math.max(0, left), after(width, left, columns)], [0, 0]];
  const grown = margins.flat().some((size) => size > 0) ? tf.pad(x, margins, margin) : x;
  if (grown.shape[1] === height && grown.shape[2] === width) return grown;
  return window(grown, Math.max(0, -top), Math.max(0, -left), height, width);
}
