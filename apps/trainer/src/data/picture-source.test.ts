import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp, { type Color } from 'sharp';
import { plainView } from '@thaw/training';
import type { BlobCache } from './blob-cache';
import { decode } from './decode/decode';
import { DecodePool, type Decoder } from './decode/decode-pool';
import { createPictureSource } from './picture-source';

const at = { path: 'train/a/1.png', sha256: 'f'.repeat(64) };
const solid = (channels: 3 | 4, background: Color) => sharp({ create: { width: 4, height: 2, channels, background } });

test('every kind of picture becomes three bytes per pixel', async () => {
  const grey = await solid(3, { r: 90, g: 90, b: 90 }).toColourspace('b-w').png().toBuffer();
  const transparent = await solid(4, { r: 10, g: 20, b: 30, alpha: 0.5 }).png().toBuffer();
  const deep = await solid(3, { r: 255, g: 0, b: 0 }).toColourspace('rgb16').png().toBuffer();
  const indexed = await solid(3, { r: 0, g: 0, b: 255 }).png({ palette: true }).toBuffer();
  for (const [picture, pixel] of [[grey, [90, 90, 90]], [transparent, [132, 137, 142]], [deep, [255, 0, 0]], [indexed, [0, 0, 255]]] as const) {
    const pixels = await decode(at, picture, 3, plainView);
    expect(pixels).toHaveLength(27);
    expect([...pixels.subarray(0, 3)]).toEqual(pixel);
    expect([...pixels.subarray(24)]).toEqual(pixel);
  }
});

test('shrinking is a triangle filter, as Pillow BILINEAR', async () => {
  const edge = Uint8Array.from({ length: 64 * 64 }, (_, at) => (at % 64 < 32 ? 0 : 255));
  const picture = await sharp(edge, { raw: { width: 64, height: 64, channels: 1 } }).png().toBuffer();
  const pixels = await decode(at, picture, 8, plainView);
  // Image.resize((8, 8), BILINEAR) in Pillow gives rows like this.
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((x) => pixels[x * 3])).toEqual([0, 0, 0, 32, 223, 255, 255, 255]);
});

test('a picture lying on its side is turned upright', async () => {
  // left half red, right half blue
  const pixels = Uint8Array.from({ length: 8 * 8 * 3 }, (_, at) => (at % 3 === (Math.floor(at / 3) % 8 < 4 ? 0 : 2) ? 255 : 0));
  const lying = await sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } }).withMetadata({ orientation: 6 }).png().toBuffer();
  const upright = await decode(at, lying, 4, plainView);
  expect([...upright.subarray(0, 12)]).toEqual([255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0]);
  expect([...upright.subarray(36)]).toEqual([0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255]);
});

test('what does not decode is named', async () => {
  await expect(decode(at, Buffer.from('no picture'), 3, plainView)).rejects.toThrow(/train\/a\/1\.png.*does not decode/);
});

test('a random crop comes from the picture at its own size', async () => {
  // 64 × 32, each column its own grey
  const columns = Uint8Array.from({ length: 64 * 32 * 3 }, (_, at) => Math.floor(at / 3) % 64);
  const picture = await sharp(columns, { raw: { width: 64, height: 32, channels: 3 } }).png().toBuffer();
  // a quarter of the area, 32 × 16, from column 33 × 0.5 on
  const crop = { attempts: [{ area: 0.25, ratio: 2, x: 0.5, y: 0 }], maxRatio: 2 };
  const pixels = await decode(at, picture, 16, { ...plainView, crop });
  expect([0, 8, 15].map((x) => pixels[x * 3]! - (16 + x * 2 + 0.5))).toEqual([0, 0, 0].map(() => expect.closeTo(0, -0.5)));
  const mirrored = await decode(at, picture, 16, { ...plainView, crop, mirror: true });
  expect([...mirrored.subarray(0, 3)]).toEqual([...pixels.subarray(45, 48)]);
});

test('the source downloads everything before it reads anything, and its digest follows the pictures', async () => {
  const pictures = ['a', 'b'].map((name, label) => ({ id: name, path: `${name}.png`, sha256: name.repeat(64), label }));
  const ensured: string[] = [];
  const cache = { ensure: (sha256: string) => Promise.resolve(ensured.push(sha256)), fileOf: (sha256: string) => sha256 } as unknown as BlobCache;
  const decoder: Decoder = ({ file }) => Promise.resolve(Uint8Array.of(file.charCodeAt(0)));
  const source = await createPictureSource(pictures, 3, cache, decoder);
  expect(ensured.sort()).toEqual(pictures.map(({ sha256 }) => sha256));
  expect(source).toMatchObject({ count: 2, labels: Int32Array.of(0, 1) });
  expect([...(await source.read(1, plainView))]).toEqual([98]);
  expect((await createPictureSource([...pictures].reverse(), 3, cache, decoder)).digest).not.toBe(source.digest);
});

test('threads decode what is asked for, tell a damaged file from one that is no picture, and a damaged one is fetched again', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'thaw-decode-'));
  using pool = new DecodePool(2);
  const files = await Promise.all([10, 20, 30].map((level) => solid(3, { r: level, g: 0, b: 0 }).png().toBuffer()));
  const contents = [...files, Buffer.from('no picture')];
  const pictures = contents.map((file, label) => ({ id: String(label), path: `${label}.png`, sha256: createHash('sha256').update(file).digest('hex'), label }));
  const fileOf = (sha256: string) => path.join(folder, sha256);
  const fetched: string[] = [];
  const read = async (sha256: string) => {
    fetched.push(sha256);
    await writeFile(fileOf(sha256), contents[pictures.findIndex((picture) => picture.sha256 === sha256)]!);
  };
  const source = await createPictureSource(pictures, 3, { ensure: read, read, fileOf } as unknown as BlobCache, pool.decode);
  const reds = await Promise.all(Array.from({ length: 60 }, async (_, index) => (await source.read(index % 3, plainView))[0]));
  expect(reds).toEqual(Array.from({ length: 60 }, (_, index) => 10 * (1 + (index % 3))));
  await expect(source.read(3, plainView)).rejects.toThrow(/3\.png.*does not decode/);
  fetched.length = 0;
  await writeFile(fileOf(pictures[1]!.sha256), 'damaged');
  expect((await source.read(1, { ...plainView, mirror: true }))[0]).toBe(20);
  expect(fetched).toEqual([pictures[1]!.sha256]);
  await rm(folder, { recursive: true });
});
