/** The few parts of protocol buffers' wire format that a graph needs. */
export type Field = Uint8Array;

export const integer = (field: number, value: number): Field => Uint8Array.from([...varint(field * 8), ...varint(value)]);

export const bytes = (field: number, value: Uint8Array): Field => joined([Uint8Array.from([...varint(field * 8 + 2), ...varint(value.length)]), value]);

export const text = (field: number, value: string): Field => bytes(field, new TextEncoder().encode(value));

export const message = (field: number, fields: readonly Field[]): Field => bytes(field, joined(fields));

export function float(field: number, value: number): Field {
  const written = new DataView(new ArrayBuffer(4));
  written.setFloat32(0, value, true);
  return joined([Uint8Array.from(varint(field * 8 + 5)), new Uint8Array(written.buffer)]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Negative integers are written as 64-bit two's complement. */
function varint(value: number): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const written: number[] = [];
  do {
    written.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return written;
}
