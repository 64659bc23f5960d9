/** The part of preprocessing.json that says what a byte becomes; exactly one of the two is given. */
export interface ByteValues {
  /** 0–255 are mapped linearly to this range… */
  range?: readonly [number, number];
  /** …or scaled to 0–1, then (x − mean) / std per channel. */
  mean?: readonly [number, number, number];
  std?: readonly [number, number, number];
}

/** Factor and summand per channel: value = byte × scale + offset. Throws when neither range nor mean and std are given. */
function byteLine({ range, mean, std }: ByteValues): { scale: number[]; offset: number[] } {
  if (range) return { scale: new Array<number>(3).fill((range[1] - range[0]) / 255), offset: new Array<number>(3).fill(range[0]) };
  if (mean && std) return { scale: std.map((deviation) => 1 / 255 / deviation), offset: std.map((deviation, channel) => -mean[channel]! / deviation) };
  throw new Error('Preprocessing needs either range, or mean and std.');
}

/** RGBA as a browser decodes it (not premultiplied) → RGB on white, as sharp flattens. */
export function onWhite(rgba: Uint8Array | Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3]!;
    for (let channel = 0; channel < 3; channel++) rgb[to + channel] = (rgba[from + channel]! * alpha + 255 * (255 - alpha)) / 255;
  }
  return rgb;
}

/** RGB bytes → what the model takes, in the same order. */
export function modelInput(bytes: Uint8Array, values: ByteValues): Float32Array {
  const { scale, offset } = byteLine(values);
  return Float32Array.from(bytes, (byte, index) => byte * scale[index % 3]! + offset[index % 3]!);
}
