import type { Preprocessing } from '@thaw/model-zoo';

/** Value of every byte in every channel: [3][256]. */
export type ByteTables = [Float32Array, Float32Array, Float32Array];

export function byteTables({ range, mean, std }: Preprocessing): ByteTables {
  const table = (value: (byte: number) => number) => Float32Array.from({ length: 256 }, (_, byte) => value(byte));
  const channel = (index: 0 | 1 | 2) => {
    if (range) return table((byte) => range[0] + (byte / 255) * (range[1] - range[0]));
    if (mean && std) return table((byte) => (byte / 255 - mean[index]) / std[index]);
    throw new Error('Preprocessing needs either range, or mean and std.');
  };
  return [channel(0), channel(1), channel(2)];
}

/** Writes one picture, [side, side, 3] bytes, as the model's input into `into` at `offset`. */
export function writeInput(bytes: Uint8Array, side: number, tables: ByteTables, into: Float32Array, offset: number): void {
  if (bytes.length !== side * side * 3) throw new Error(`A picture has ${bytes.length} bytes instead of ${side} × ${side} × 3.`);
  const [red, green, blue] = tables;
  for (let from = 0, to = offset; from < bytes.length; from += 3, to += 3) {
    into[to] = red[bytes[from]!]!;
    into[to + 1] = green[bytes[from + 1]!]!;
    into[to + 2] = blue[bytes[from + 2]!]!;
  }
}
