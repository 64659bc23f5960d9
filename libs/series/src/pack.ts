import type { Series } from './numbers';

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** float64 little-endian, 8 bytes each: exact for steps up to 2^53, and NaN and ±Infinity stay themselves. */
export function packNumbers(numbers: readonly number[]): Uint8Array {
  if (littleEndian) return new Uint8Array(Float64Array.from(numbers).buffer);
  const view = new DataView(new ArrayBuffer(numbers.length * 8));
  numbers.forEach((number, index) => view.setFloat64(index * 8, number, true));
  return new Uint8Array(view.buffer);
}

export function unpackNumbers(bytes: Uint8Array): number[] {
  if (bytes.byteLength % 8 !== 0) throw new RangeError(`A packed column of ${bytes.byteLength} bytes is cut off: it must be a multiple of 8.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 8 }, (_, index) => view.getFloat64(index * 8, true));
}

/** Columns of float64 behind a zero byte: what the first release stored. */
export const packSeries = ({ steps, times, values }: Series): Uint8Array => Buffer.concat([new Uint8Array([0]), packNumbers(steps), packNumbers(times), packNumbers(values)]);

export function unpackSeries(bytes: Uint8Array): Series {
  const column = (bytes.byteLength - 1) / 3;
  const read = (index: number) => unpackNumbers(bytes.subarray(1 + index * column, 1 + (index + 1) * column));
  return { steps: read(0), times: read(1), values: read(2) };
}
