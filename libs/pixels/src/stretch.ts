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
 * Rows first, then columns, rounded to bytes after each, because libvips does so. The bytes are sharp's, or one beside
 * them in rare places. Gives [side, side, 3].
 */
export function stretch({ width, height, data }: Picture, side: number): Uint8Array {
  if (width < 1 || height < 1 || data.length !== width * height * 3) throw new Error(`A picture of ${width} × ${height} pixels has ${data.length} bytes instead of ${width * height * 3}.`);
  const rows = shrink({ data, outer: 1, length: height, inner: width * 3 }, side);
  const shrunk = shrink({ data: rows, outer: Math.min(height, side), length: width, inner: 3 }, side);
  return width < side || height < side ? enlarge({ width: Math.min(width, side), height: Math.min(height, side), data: shrunk }, side) : shrunk;
}

/** One axis of an array: element (o, i, k) lies at (o × length + i) × inner + k. */
interface Axis {
  data: Uint8Array;
  outer: number;
  length: number;
  inner: number;
}

function shrink(axis: Axis, side: number): Uint8Array {
  if (axis.length <= side) return axis.data;
  // Far too large pictures are averaged in boxes first, down to between two and four times the size wanted (libvips' gap of 2).
  const box = Math.max(1, Math.floor(axis.length / side / 2));
  const boxed = box === 1 ? axis : averageBoxes(axis, box);
  return reduce(boxed, side, axis.length / side / box);
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
function triangle(start: number, shrink: number): Weights {
  const points = 2 * Math.round(shrink) + 1;
  const middle = start + shrink / 2;
  const whole = Math.floor(middle);
  // Masks are looked up by the 64th of an element.
  const fraction = Math.round((middle - whole) * 64) / 64;
  const centre = fraction + points / 2 - 1;
  const values = Array.from({ length: points }, (_, index) => Math.max(0, 1 - Math.abs((index - centre) / shrink)));
  const sum = values.reduce((total, value) => total + value, 0);
  return { first: whole - (Math.ceil(points / 2) - 1), values: values.map((value) => Math.floor((value / sum) * 4096) / 4096) };
}

/** Weighted sums, `step` elements apart. */
function reduce({ data, outer, length, inner }: Axis, side: number, step: number): Uint8Array {
  const result = new Uint8Array(outer * side * inner);
  for (let out = 0; out < side; out++) {
    const { first, values } = triangle(out * step, step);
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

/** Bilinear, half a pixel up and left of what the pixels' middles would ask for, in both directions, as libvips has it. */
function enlarge({ width, height, data }: Picture, side: number): Uint8Array {
  const result = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const [top, bottom, down] = neighbours(y, height, side);
    for (let x = 0; x < side; x++) {
      const [left, right, across] = neighbours(x, width, side);
      for (let k = 0; k < 3; k++) {
        const at = (row: number, column: number) => data[(row * width + column) * 3 + k]!;
        const upper = at(top, left) * (1 - across) + at(top, right) * across;
        const lower = at(bottom, left) * (1 - across) + at(bottom, right) * across;
        result[(y * side + x) * 3 + k] = upper * (1 - down) + lower * down + 0.5;
      }
    }
  }
  return result;
}

/** The elements before and after the place of output `out`, and how far from the first it lies. */
function neighbours(out: number, length: number, side: number): [number, number, number] {
  const position = (out * length) / side - 0.5;
  const before = Math.floor(position);
  return [Math.max(before, 0), Math.min(before + 1, length - 1), position - before];
}
