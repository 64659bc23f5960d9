import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { modelInput, onWhite } from './model-input';
import { stretch, type Picture } from './stretch';

/** As the trainer stretches (apps/trainer/src/data). */
const bySharp = ({ data, width, height }: Picture, side: number): Promise<Uint8Array> =>
  sharp(data, { raw: { width, height, channels: 3 } }).resize(side, side, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false }).raw().toBuffer();

const largestDifference = (a: Uint8Array, b: Uint8Array): number => a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), a.length === b.length ? 0 : Infinity);

/** Noise with edges: harder than any photograph. */
function noise(width: number, height: number): Picture {
  let state = 1;
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor(index / 90) % 2 === 0 ? state >>> 24 : 255;
  });
  return { width, height, data };
}

describe('stretching as sharp does', () => {
  test.each([[227, 227, 224], [63, 64, 32], [500, 300, 48], [32, 500, 32], [4000, 9, 9]])('%i × %i to %i: bit for bit when it shrinks', async (width, height, side) => {
    const picture = noise(width, height);
    expect(largestDifference(stretch(picture, side), await bySharp(picture, side))).toBe(0);
  });

  test.each([[20, 28, 32], [28, 28, 32], [28, 28, 96], [100, 90, 224], [1, 1, 8], [300, 10, 32]])('%i × %i to %i: bit for bit when it enlarges', async (width, height, side) => {
    const picture = noise(width, height);
    expect(largestDifference(stretch(picture, side), await bySharp(picture, side))).toBe(0);
  });

  const photos = path.resolve(__dirname, '../../../../shared/datasets');
  (existsSync(photos) ? test : test.skip)(`real photographs, bit for bit${existsSync(photos) ? '' : ' (skipped: needs ../shared)'}`, async () => {
    const files = readdirSync(photos, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(jpe?g|png)$/.test(name)).sort();
    for (const name of files.filter((file, index) => file.startsWith('cc0') || index % 80 === 0)) {
      const { data, info } = await sharp(path.join(photos, name)).autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
      const picture = { width: info.width, height: info.height, data: new Uint8Array(data) };
      for (const side of [96, 224]) expect(largestDifference(stretch(picture, side), await bySharp(picture, side))).toBe(0);
    }
  });

  test('a picture of another size than it says is refused', () => {
    expect(() => stretch({ width: 2, height: 2, data: new Uint8Array(11) }, 2)).toThrow('A picture of 2 × 2 pixels has 11 bytes instead of 12.');
  });
});

test('what is transparent lies on white, as sharp flattens it', async () => {
  const rgba = Uint8Array.from({ length: 256 * 4 }, (_, index) => (index % 4 === 3 ? index >> 2 : (index * 37) % 256));
  const flattened = await sharp(rgba, { raw: { width: 256, height: 1, channels: 4 } }).flatten({ background: '#ffffff' }).raw().toBuffer();
  expect(largestDifference(onWhite(rgba), flattened)).toBeLessThanOrEqual(1);
});

test('bytes become what preprocessing.json says', () => {
  const bytes = Uint8Array.of(0, 127, 255);
  expect([...modelInput(bytes, { range: [-1, 1] })]).toEqual([-1, expect.closeTo((127 / 255) * 2 - 1, 6), expect.closeTo(1, 6)]);
  expect([...modelInput(bytes, { mean: [0.5, 0, 0.25], std: [0.5, 1, 0.25] })]).toEqual([-1, expect.closeTo(127 / 255, 6), expect.closeTo(3, 5)]);
  expect(() => modelInput(bytes, {})).toThrow('range');
});
