import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

/** Two classes a network tells apart at once: bright at the top, bright at the bottom, with noise. */
export async function writePictures(folder: string, counts: { train: number; val: number }): Promise<void> {
  for (const [split, count] of Object.entries(counts)) {
    for (const [label, name] of ['bottom', 'top'].entries()) {
      const target = path.join(folder, split, name);
      await mkdir(target, { recursive: true });
      for (let index = 0; index < count; index++) await writeFile(path.join(target, `${index}.png`), await picture(label === 1, index + (split === 'val' ? 1000 : 0)));
    }
  }
}

const side = 28;

function picture(top: boolean, seed: number): Promise<Buffer> {
  const pixels = Uint8Array.from({ length: side * side }, (_, at) => {
    const noise = ((at + 1) * (seed + 7) * 2654435761) % 90;
    return noise + (at < (side * side) / 2 === top ? 150 : 0);
  });
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } }).png().toBuffer();
}
