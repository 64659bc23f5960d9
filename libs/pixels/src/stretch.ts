/** RGB bytes, row by row. */
export interface Picture {
  width: number;
  height: number;
  /** [height, width, 3] */
  data: Uint8Array;
}

/**
 * Stretches a picture to a square as the trainer does: libvips' resize with its linear kernel (sharp's `kernel: 'linear'`),
 * an antialiased triangle filter as Pillow's BILINEAR. A browser's drawImage is another filter and gives other classes.
 * Rows first, then columns, rounded to bytes after each, because libvips does so. The bytes are sharp's.
 * Gives [side, side, 3].
 */
export function stretch({ width, height, data }: Picture, side: number): Uint8Array {
  if (width < 1 || height < 1 || data.length !== width * height * 3) throw new Error(`A picture of ${width} × ${height} pixels has ${data.length} bytes instead of ${width * height * 3}.`);
  const rows = shrink({ data, outer: 1, length: height, inner: width * 3 }, side, multiplied);
  const shrunk = shrink({ data: rows, outer: Math.min(height, side), length: width, inner: 3 }, side, added);
  return width < side || height < side ? enlarge({ width: Math.min(width, side), height: Math.min(height, side), data: shrunk }, side) : shrunk;
}

/**
 * `count` positions, `step` apart. libvips multiplies down a column and adds up along a row; their last bits decide
 * between two neighbouring fractions.
 */
type Positions = (from: number, step: number, count: number) => number[];
const multiplied: Positions = (from, step, count) => Array.from({ length: count }, (_, index) => from + index * step);
const added: Positions = (from, step, count) => {
  const positions = [from];
  while (positions.length < count) positions.push(positions.at(-1)! + step);
  return positions;
};

/** One axis of an array: element (o, i, k) lies at (o × length + i) × inner + k. */
interface Axis {
  data: Uint8Array;
  outer: number;
  length: number;
  inner: number;
}

function shrink(axis: Axis, side: number, positions: Positions): Uint8Array {
  if (axis.length <= side) return axis.data;
  // Far too large pictures are averaged in boxes first, down to between two and four times the size wanted (libvips' gap of 2).
  const box = Math.max(1, Math.floor(axis.length / side / 2));
  const boxed = box === 1 ? axis : averageBoxes(axis, box);
  const step = axis.length / side / box;
  return reduce(boxed, step, positions(step / 2, step, side));
}

/** Means of `box` neighbours; the last box is filled up with the last element. */
function averageBoxes({ data, outer, length, inner }: Axis, box: number): Axis {
  const boxes = Math.ceil(length / box);
  const averaged = new Uint8Array(outer * boxes * inner);
  // A division as libvips makes it, by a factor rounded down: exact thirds come out one lower.
  const factor = Math.floor(2 ** 24 / box) / 2 ** 24;
  for (let o = 0; o < outer; o++) {
    for (let b = 0; b < boxes; b++) {
      for (let k = 0; k < inner; k++) {
        let sum = box >> 1;
        for (let i = b * box; i < (b + 1) * box; i++) sum += data[(o * length + Math.min(i, length - 1)) * inner + k]!;
        averaged[(o * boxes + b) * inner + k] = sum * factor;
      }
    }
  }
  return { data: averaged, outer, length: boxes, inner };
}

interface Weights {
  /** index of the first element that counts; may lie outside, where the edge is repeated */
  first: number;
  /** sum 1 */
  values: number[];
}

/** Shrinking: a triangle of half-width `shrink`, cut to 2 × round(shrink) + 1 elements, in the fixed-point numbers of libvips. */
function triangle(middle: number, shrink: number): Weights {
  const points = 2 * Math.round(shrink) + 1;
  const whole = Math.floor(middle);
  // Masks are looked up by the 64th of an element.
  const fraction = Math.round((middle - whole) * 64) / 64;
  const centre = fraction + points / 2 - 1;
  const values = Array.from({ length: points }, (_, index) => Math.max(0, 1 - Math.abs((index - centre) / shrink)));
  const sum = values.reduce((total, value) => total + value, 0);
  return { first: whole - (Math.ceil(points / 2) - 1), values: values.map((value) => Math.floor((value / sum) * 4096) / 4096) };
}

/** Weighted sums around the middles, which are `step` elements apart. */
function reduce({ data, outer, length, inner }: Axis, step: number, middles: readonly number[]): Uint8Array {
  const side = middles.length;
  const result = new Uint8Array(outer * side * inner);
  for (let out = 0; out < side; out++) {
    const { first, values } = triangle(middles[out]!, step);
    for (let o = 0; o < outer; o++) {
      const to = (o * side + out) * inner;
      for (let k = 0; k < inner; k++) {
        let sum = 0.5;
        for (let i = 0; i < values.length; i++) {
          const from = Math.min(Math.max(first + i, 0), length - 1);
          sum += values[i]! * data[(o * length + from) * inner + k]!;
        }
        result[to + k] = sum;
      }
    }
  }
  return result;
}

/**
 * Bilinear, half a pixel up and left of what the pixels' middles would ask for, in both directions, as libvips has it,
 * in its whole 4096ths (VipsInterpolateBilinear).
 */
function enlarge({ width, height, data }: Picture, side: number): Uint8Array {
  const result = new Uint8Array(side * side * 3);
  const steps = stepsOf(width, height, side);
  const rows = multiplied(margin, steps.y, side).map((position) => placeOf(position, height));
  const columns = added(margin, steps.x, side).map((position) => placeOf(position, width));
  for (let y = 0; y < side; y++) {
    const { first: top, second: bottom, share: down } = rows[y]!;
    for (let x = 0; x < side; x++) {
      const { first: left, second: right, share: across } = columns[x]!;
      const bottomRight = (down * across) >> 12;
      const topRight = ((4096 - down) * across) >> 12;
      for (let k = 0; k < 3; k++) {
        const at = (row: number, column: number) => data[(row * width + column) * 3 + k]!;
        const upper = (4096 - down - topRight) * at(top, left) + topRight * at(top, right);
        const lower = (down - bottomRight) * at(bottom, left) + bottomRight * at(bottom, right);
        result[(y * side + x) * 3 + k] = (upper + lower + 2048) >> 12;
      }
    }
  }
  return result;
}

/** libvips puts one pixel around the picture and starts half a pixel before it. */
const margin = 1 - 0.5;

/** Pixels of the picture per pixel of the result: the inverse of libvips' matrix, rounded where it rounds. */
function stepsOf(width: number, height: number, side: number): { x: number; y: number } {
  const [across, down] = [1 / (width / side), 1 / (height / side)];
  const inverse = 1 / (across * down);
  return { x: inverse * down, y: inverse * across };
}

/** The two elements around a position, and the share of the second in 4096ths. */
function placeOf(position: number, length: number): { first: number; second: number; share: number } {
  const before = Math.floor(position);
  return { first: Math.max(before - 1, 0), second: Math.min(before, length - 1), share: Math.trunc((position - before) * 4096) };
}
