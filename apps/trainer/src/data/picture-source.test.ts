import { createHash } from 'node:crypto';
import sharp, { type Color } from 'sharp';
import type { BlobCache } from './blob-cache';
import { createPictureSource, decode } from './picture-source';

const at = { path: 'train/a/1.png', sha256: 'f'.repeat(64) };
const solid = (channels: 3 | 4, background: Color) => sharp({ create: { width: 4, height: 2, channels, background } });

test('every kind of picture becomes three bytes per pixel', async () => {
  const grey = await solid(3, { r: 90, g: 90, b: 90 }).toColourspace('b-w').png().toBuffer();
  const transparent = await solid(4, { r: 10, g: 20, b: 30, alpha: 0.5 }).png().toBuffer();
  const deep = await solid(3, { r: 255, g: 0, b: 0 }).toColourspace('rgb16').png().toBuffer();
  const indexed = await solid(3, { r: 0, g: 0, b: 255 }).png({ palette: true }).toBuffer();
  for (const [picture, pixel] of [[grey, [90, 90, 90]], [transparent, [132, 137, 142]], [deep, [255, 0, 0]], [indexed, [0, 0, 255]]] as const) {
    const pixels = await decode(at, picture, 3);
    expect(pixels).toHaveLength(27);
    expect([...pixels.subarray(0, 3)]).toEqual(pixel);
    expect([...pixels.subarray(24)]).toEqual(pixel);
  }
});

test('shrinking is a triangle filter, as Pillow BILINEAR', async () => {
  const edge = Uint8Array.from({ length: 64 * 64 }, (_, at) => (at % 64 < 32 ? 0 : 255));
  const picture = await sharp(edge, { raw: { width: 64, height: 64, channels: 1 } }).png().toBuffer();
  const pixels = await decode(at, picture, 8);
  // Image.resize((8, 8), BILINEAR) in Pillow gives rows like this.
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((x) => pixels[x * 3])).toEqual([0, 0, 0, 32, 223, 255, 255, 255]);
});

test('a picture lying on its side is turned upright', async () => {
  // left half red, right half blue
  const pixels = Uint8Array.from({ length: 8 * 8 * 3 }, (_, at) => (at % 3 === (Math.floor(at / 3) % 8 < 4 ? 0 : 2) ? 255 : 0));
  const lying = await sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } }).withMetadata({ orientation: 6 }).png().toBuffer();
  const upright = await decode(at, lying, 4);
  expect([...upright.subarray(0, 12)]).toEqual([255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0]);
  expect([...upright.subarray(36)]).toEqual([0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255]);
});

test('what does not decode is named', async () => {
  await expect(decode(at, Buffer.from('no picture'), 3)).rejects.toThrow(/train\/a\/1\.png.*does not decode/);
});

test('pictures beyond the budget are decoded whenever they are read, with the same bytes', async () => {
  const files = await Promise.all([10, 20].map((level) => solid(3, { r: level, g: 0, b: 0 }).png().toBuffer()));
  const pictures = files.map((file, label) => ({ id: String(label), path: `${label}.png`, sha256: createHash('sha256').update(file).digest('hex'), label }));
  let reads = 0;
  const read = async (sha256: string) => {
    reads += 1;
    return files[pictures.findIndex((picture) => picture.sha256 === sha256)]!;
  };
  const cache = { read } as unknown as BlobCache;
  const budget = { bytes: 2 * 27 };
  const kept = await createPictureSource(pictures, 3, cache, budget);
  expect(budget.bytes).toBe(0);
  const fresh = await createPictureSource(pictures, 3, cache, budget);
  expect(reads).toBe(4);
  for (const index of [0, 1]) expect([...(await kept.read(index))]).toEqual([...(await fresh.read(index))]);
  expect(reads).toBe(6);
  expect(kept).toMatchObject({ count: 2, labels: Int32Array.of(0, 1) });
});
