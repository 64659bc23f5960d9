import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { thawJson } from '../kit/thaw-cli';
import type { Installation } from './installation';
import { RandomStream } from './random';

const side = 28;
const classes = ['left', 'right', 'upper', 'lower'];

/** As the dataset "halves". */
export async function importPictures({ home, url }: Installation): Promise<void> {
  const folder = path.join(home, 'pictures');
  await writePictures(folder, { train: 16, val: 6 });
  await thawJson(url, 'dataset', 'import', folder, '--name', 'halves');
}

/** Pictures that take a few epochs to tell apart: one half a little brighter under much noise. */
async function writePictures(folder: string, counts: { train: number; val: number }): Promise<void> {
  const random = new RandomStream(1, 'pictures');
  for (const [split, count] of Object.entries(counts)) {
    for (const [label, name] of classes.entries()) {
      const target = path.join(folder, split, name);
      await mkdir(target, { recursive: true });
      for (let index = 0; index < count; index++) await writeFile(path.join(target, `${index}.png`), await picture(label, random));
    }
  }
}

function picture(label: number, random: RandomStream): Promise<Buffer> {
  const pixels = Uint8Array.from({ length: side * side }, (_, at) => {
    const place = label < 2 ? at % side : Math.floor(at / side);
    const bright = label % 2 === 0 ? place < side / 2 : place >= side / 2;
    return random.between(0, 180) + (bright ? 40 : 0);
  });
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } }).png({ compressionLevel: 0 }).toBuffer();
}
