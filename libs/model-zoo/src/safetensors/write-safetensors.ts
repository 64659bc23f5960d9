import { bytesPerElement, type StoredTensor } from './read-safetensors';

/** A .safetensors file. The same tensors in the same order give the same bytes. Of each, `bytes` is read once, when its turn comes. */
export function writeSafetensors(tensors: ReadonlyMap<string, StoredTensor>): Uint8Array {
  let end = 0;
  const entries = [...tensors].map(([name, { dtype, shape }]) => {
    const begin = end;
    end += shape.reduce((product, side) => product * side, bytesPerElement[dtype]!);
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  const header = safetensorsHeader(Object.fromEntries(entries));
  const file = new Uint8Array(header.length + end);
  file.set(header);
  for (const [name, { data_offsets: [begin] }] of entries) file.set(tensors.get(name)!.bytes, header.length + begin!);
  return file;
}

/** What comes before the tensors. */
export function safetensorsHeader(header: object): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  // Spaces after it, as the format's own writer puts them, so that numbers may be read in place.
  const padding = Buffer.alloc((8 - (json.length % 8)) % 8, ' ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length + padding.length));
  return Buffer.concat([length, json, padding]);
}
