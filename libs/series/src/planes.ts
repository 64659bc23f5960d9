/**
 * A column of numbers of `size` bytes each as byte planes: first the lowest byte of every number, then the next …
 * Bytes that resemble each other (signs, exponents, high bytes of small differences) come to lie together and deflate well.
 */

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

export function floatsToPlanes(column: Float64Array | Float32Array, planes: Uint8Array, at: number): void {
  const count = column.length;
  const size = column.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  for (let plane = 0; plane < size; plane++) {
    let from = littleEndian ? plane : size - 1 - plane;
    for (let index = at + plane * count, end = index + count; index < end; index++, from += size) planes[index] = bytes[from]!;
  }
}

export function floatsFromPlanes(column: Float64Array | Float32Array, planes: Uint8Array, at: number): void {
  const count = column.length;
  const size = column.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  for (let plane = 0; plane < size; plane++) {
    let to = littleEndian ? plane : size - 1 - plane;
    for (let index = at + plane * count, end = index + count; index < end; index++, to += size) bytes[to] = planes[index]!;
  }
}

/** For whole numbers from 0 to 2^53. */
export function wholesToPlanes(column: Float64Array, width: number, planes: Uint8Array, at: number): void {
  const count = column.length;
  for (let index = 0; index < count; index++) {
    const low = column[index]! % 2 ** 32;
    for (let plane = 0; plane < width && plane < 4; plane++) planes[at + plane * count + index] = low >>> (8 * plane);
    if (width <= 4) continue;
    const high = Math.floor(column[index]! / 2 ** 32);
    for (let plane = 4; plane < width; plane++) planes[at + plane * count + index] = high >>> (8 * (plane - 4));
  }
}

export function wholesFromPlanes(count: number, width: number, planes: Uint8Array, at: number): Float64Array {
  const column = new Float64Array(count);
  for (let plane = width - 1; plane >= 0; plane--) {
    for (let index = 0, from = at + plane * count; index < count; index++, from++) column[index] = column[index]! * 256 + planes[from]!;
  }
  return column;
}
