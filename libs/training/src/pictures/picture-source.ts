/** Decoded pictures, one at a time. */
export interface PictureSource {
  count: number;
  /** Class index of every picture. */
  labels: Int32Array;
  /** RGB bytes [inputSize, inputSize, 3], already resized. */
  read(index: number): Promise<Uint8Array>;
}

/** Keeps what was read in memory, up to a number of bytes, so that later epochs decode nothing. */
export function remembered(source: PictureSource, limitBytes: number): PictureSource {
  const kept = new Map<number, Uint8Array>();
  let free = limitBytes;
  return {
    ...source,
    async read(index) {
      const known = kept.get(index);
      if (known) return known;
      const bytes = await source.read(index);
      if (bytes.length <= free) {
        kept.set(index, bytes);
        free -= bytes.length;
      }
      return bytes;
    },
  };
}
