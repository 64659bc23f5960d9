const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sixBits = new Uint8Array(256).fill(255);
for (let index = 0; index < 64; index++) sixBits[alphabet.charCodeAt(index)] = index;

/** Little-endian float64 from base64 (padding may be left out); undefined when it is none. The same in Node and browsers. */
export function decodeFloats(text: string): Float64Array | undefined {
  let length = text.length;
  while (length > 0 && length > text.length - 2 && text.charCodeAt(length - 1) === 61) length--;
  const size = Math.floor((length * 3) / 4);
  if (length % 4 === 1 || size % 8 !== 0 || (length !== text.length && text.length % 4 !== 0)) return undefined;
  const bytes = new Uint8Array(size);
  let invalid = 0;
  let at = 0;
  // Characters beyond Latin-1 have no entry in the table either.
  const bits = (index: number) => {
    const code = text.charCodeAt(index);
    const value = code < 256 ? sixBits[code]! : 255;
    invalid |= value & 192;
    return value;
  };
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    const word = (bits(index) << 18) | (bits(index + 1) << 12) | (bits(index + 2) << 6) | bits(index + 3);
    bytes[at++] = word >> 16;
    bytes[at++] = word >> 8;
    bytes[at++] = word;
  }
  if (length - index >= 2) {
    const word = (bits(index) << 18) | (bits(index + 1) << 12) | (length - index === 3 ? bits(index + 2) << 6 : 0);
    bytes[at++] = word >> 16;
    if (length - index === 3) bytes[at++] = word >> 8;
  }
  return invalid ? undefined : floatsOf(bytes);
}

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Bytes of little-endian float64, copied so that they are aligned. */
export function floatsOf(bytes: Uint8Array): Float64Array {
  // Not bytes.slice(): that of Node's Buffer copies nothing.
  const copy = Uint8Array.from(bytes);
  if (littleEndian) return new Float64Array(copy.buffer, 0, copy.length / 8);
  const view = new DataView(copy.buffer);
  return Float64Array.from({ length: copy.length / 8 }, (_, index) => view.getFloat64(index * 8, true));
}

export function bytesOf(column: Float64Array): Uint8Array {
  if (littleEndian) return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  const view = new DataView(new ArrayBuffer(column.length * 8));
  column.forEach((value, index) => view.setFloat64(index * 8, value, true));
  return new Uint8Array(view.buffer);
}

/** base64 of little-endian float64. */
export function encodeFloats(column: Float64Array): string {
  const bytes = bytesOf(column);
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(61);
  let at = 0;
  for (let index = 0; index < bytes.length; index += 3) {
    const word = (bytes[index]! << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    text[at++] = alphabet.charCodeAt(word >> 18);
    text[at++] = alphabet.charCodeAt((word >> 12) & 63);
    if (index + 1 < bytes.length) text[at] = alphabet.charCodeAt((word >> 6) & 63);
    at++;
    if (index + 2 < bytes.length) text[at] = alphabet.charCodeAt(word & 63);
    at++;
  }
  return new TextDecoder('latin1').decode(text);
}
