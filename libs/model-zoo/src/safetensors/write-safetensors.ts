import type { StoredTensor } from './read-safetensors';

/** A .safetensors file. The same tensors in the same order give the same bytes. */
export function writeSafetensors(tensors: ReadonlyMap<string, StoredTensor>): Uint8Array {
  let end = 0;
  const header = Object.fromEntries([...tensors].map(([name, { dtype, shape, bytes }]) => [name, { dtype, shape, data_offsets: [end, end += bytes.length] }]));
  return joinSafetensors(header, [...tensors.values()].map(({ bytes }) => bytes));
}

export function joinSafetensors(header: object, parts: readonly Uint8Array[]): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  // Spaces after the header, as the format's own writer puts them, so that numbers may be read in place.
  const padding = Buffer.alloc((8 - (json.length % 8)) % 8, ' ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length + padding.length));
  return Buffer.concat([length, json, padding, ...parts]);
}
