import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
// Real pictures live beside the checkout; the kit that finds them is no project of its own.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { flowers, sharedData, testWith } from '../../../../test/kit/shared-data';
import { openPicture } from '../blob/open-picture';
import { picture } from '../testing-files';
import { nearDistance, perceptualHash } from './perceptual-hash';

const apart = (a: bigint, b: bigint) => BigInt.asUintN(64, a ^ b).toString(2).replaceAll('0', '').length;
const hashOf = (bytes: Buffer) => perceptualHash(openPicture(bytes));

testWith({ 'real pictures': sharedData })('a flower is known again re-encoded, smaller or brighter; no other flower of its class is taken for it', async () => {
  const folder = path.join(flowers, 'val/roses');
  const roses = readdirSync(folder).sort().map((name) => readFileSync(path.join(folder, name)));
  const hashes = await Promise.all(roses.map(hashOf));
  for (const [index, rose] of roses.entries()) {
    const { width } = await sharp(rose).metadata();
    const half = Math.round(width / 2);
    const again = await Promise.all([
      sharp(rose).jpeg({ quality: 50 }), sharp(rose).resize(half).png(), sharp(rose).linear(1.1).png(), sharp(rose).modulate({ brightness: 1.1 }).jpeg(), sharp(rose).resize(half).modulate({ brightness: 1.1 }).webp({ quality: 50 }),
    ].map(async (changed) => apart(hashes[index]!, await hashOf(await changed.toBuffer()))));
    expect(Math.max(...again)).toBeLessThanOrEqual(nearDistance);
    hashes.slice(0, index).forEach((other) => expect(apart(other, hashes[index]!)).toBeGreaterThan(nearDistance));
  }
  expect(roses.length).toBeGreaterThan(10);
}, 60_000);

test('a picture counts as it is shown: turned by EXIF, in any channels', async () => {
  const noise = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).blur(4).png().toBuffer();
  const turned = await sharp(noise).rotate(90).withMetadata({ orientation: 8 }).jpeg({ quality: 95 }).toBuffer();
  expect(apart(await hashOf(noise), await hashOf(turned))).toBeLessThanOrEqual(nearDistance);
  const grey = await sharp(noise).greyscale().toColourspace('b-w').png().toBuffer();
  expect(apart(await hashOf(noise), await hashOf(grey))).toBeLessThanOrEqual(nearDistance);
  const opaque = await sharp(noise).ensureAlpha().png().toBuffer();
  expect(await hashOf(opaque)).toBe(await hashOf(noise));
});

test('flat pictures are alike when their colours are equal, and only then', async () => {
  const colours = await Promise.all(Array.from({ length: 300 }, async (_, seed) => hashOf(await picture(seed))));
  const nearest = Math.min(...colours.flatMap((hash, index) => colours.slice(0, index).map((other) => apart(hash, other))));
  expect(nearest).toBeGreaterThan(nearDistance);
  expect(await hashOf(await picture(7, { width: 300, height: 200 }))).toBe(colours[7]);
  const shades = Buffer.from(Array.from({ length: 64 * 64 }, (_, pixel) => (pixel % 64) * 4));
  const across = await sharp(shades, { raw: { width: 64, height: 64, channels: 1 } }).png().toBuffer();
  const down = await sharp(across).rotate(90).png().toBuffer();
  expect(apart(await hashOf(across), await hashOf(down))).toBeGreaterThan(nearDistance);
});
