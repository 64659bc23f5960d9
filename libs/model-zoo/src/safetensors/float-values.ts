import type { StoredTensor } from './read-safetensors';

/** A tensor's elements as float32, if possible a view of the file; null when they are no F32, F16 or BF16. */
export function floatValues({ dtype, bytes }: StoredTensor): Float32Array | null {
  if (dtype === 'F32') {
    const { buffer, byteOffset, byteLength } = aligned(bytes, 4);
    return new Float32Array(buffer, byteOffset, byteLength / 4);
  }
  if (dtype !== 'F16' && dtype !== 'BF16') return null;
  const { buffer, byteOffset, byteLength } = aligned(bytes, 2);
  const halves = new Uint16Array(buffer, byteOffset, byteLength / 2);
  // BF16 is the upper half of a float32.
  if (dtype === 'BF16') return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
  return Float32Array.from(halves, fromF16);
}

/** A tensor may begin at any byte, a typed array may not. (slice() of a Buffer would not copy.) */
const aligned = (bytes: Uint8Array, size: number) => (bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes));

/** Sign, 5 bits of exponent, 10 of fraction. */
function fromF16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
