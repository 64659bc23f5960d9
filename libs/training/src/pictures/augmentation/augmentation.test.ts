import * as tf from '@tensorflow/tfjs';
import { hyperparametersSchema } from '@thaw/config';
import { randomStream } from '../../random';
import reference from './augmentation.pillow.json';
import { beta } from './beta';
import { changeColour, type ColourChange } from './colour';
import { cropBox, drawCrop, enlargeBox } from './crop';
import { cutMix, drawMix, mainLabels, mixPictures, mixTargets } from './mix';
import { render } from './render';
import { rotate } from './rotate';
import { drawView, keptView, keptViews, plainView } from './view';

beforeAll(() => tf.setBackend('cpu'));

const side = 12;

/** The picture of scripts/references/augmentation.py. */
function picture(): Uint8Array {
  let state = 7n;
  return Uint8Array.from({ length: side * side * 3 }, () => {
    state = (state * 1103515245n + 12345n) % 2n ** 31n;
    return Number((state >> 16n) % 256n);
  });
}

test.each(Object.entries(reference.rotations))('turned by %s degrees, every byte is Pillow’s', (angle, expected) => {
  expect([...rotate(picture(), side, Number(angle))]).toEqual(expected);
});

test.each(Object.entries(reference.colours))('%s is Pillow’s, byte for byte', (kind, byFactor) => {
  for (const [factor, expected] of Object.entries(byFactor)) {
    const bytes = picture();
    changeColour(bytes, { kind: kind as ColourChange['kind'], factor: Number(factor) });
    expect([...bytes]).toEqual(expected);
  }
});

test('a box enlarged is Pillow’s crop and resize, up to its rounding', () => {
  for (const { box: [left, top, width, height], pixels } of reference.crops) {
    const enlarged = enlargeBox(picture(), side, { left: left!, top: top!, width: width!, height: height! });
    enlarged.forEach((byte, at) => expect(Math.abs(byte - pixels[at]!)).toBeLessThanOrEqual(1));
  }
});

test('mirroring swaps the columns of each row', () => {
  const bytes = Uint8Array.of(0, 127, 255, 10, 20, 30, 40, 50, 60, 70, 80, 90);
  expect([...render(bytes, 2, { ...plainView, mirror: true })]).toEqual([10, 20, 30, 0, 127, 255, 70, 80, 90, 40, 50, 60]);
});

test('crops fill the areas and ratios asked for, and stay inside the picture', () => {
  const areas: number[] = [];
  for (let draw = 0; draw < 500; draw++) {
    const { left, top, width, height } = cropBox(drawCrop(randomStream(1, draw), 0.2, 4 / 3), 300, 200);
    expect(Math.min(left, top, width - 1, height - 1)).toBeGreaterThanOrEqual(0);
    expect(left + width).toBeLessThanOrEqual(300);
    expect(top + height).toBeLessThanOrEqual(200);
    expect(width / height).toBeGreaterThan(0.73);
    expect(width / height).toBeLessThan(1.37);
    areas.push((width * height) / 60_000);
  }
  expect(Math.min(...areas)).toBeLessThan(0.23);
  expect(Math.max(...areas)).toBeGreaterThan(0.8);
  // A strip that no attempt fits into: torchvision's fallback, in the middle.
  expect(cropBox(drawCrop(randomStream(1), 1, 4 / 3), 100, 10)).toEqual({ left: 43, top: 0, width: 13, height: 10 });
});

const batch = () => tf.tensor4d(Array.from({ length: 48 }, (_, index) => index), [3, 4, 4, 1]);

test('mixup is timm’s, targets included', () => {
  const { share, pictures, targets } = reference.mixup;
  const mixed = mixPictures(batch(), { share, box: null }).dataSync();
  mixed.forEach((value, at) => expect(value).toBeCloseTo(pictures[at]!, 4));
  const mixedTargets = mixTargets(Float32Array.of(0.9, 0.1, 0.1, 0.9, 0.9, 0.1), 2, { share, box: null });
  mixedTargets.forEach((value, at) => expect(value).toBeCloseTo(targets[at]!, 6));
  expect(mainLabels([0, 1, 2], { share, box: null })).toEqual([2, 1, 0]);
});

test('CutMix is timm’s: the box, the pictures, and the share that is left', () => {
  for (const { share, centre, shareLeft, pictures } of reference.cutmix) {
    const places = centre.map((place) => (place + 0.5) / 4);
    const mix = cutMix(share, 4, () => places.shift()!);
    expect(mix.share).toBeCloseTo(shareLeft, 6);
    expect([...mixPictures(batch(), mix).dataSync()]).toEqual(pictures);
  }
});

test.each(Object.entries(reference.beta))('Beta(%s, itself) is drawn as torch does', (alpha, shares) => {
  const random = randomStream(1, 'beta', alpha);
  const draws = Array.from({ length: 20_000 }, () => beta(random, Number(alpha)));
  [0.1, 0.25, 0.5].forEach((edge, at) => expect(draws.filter((draw) => draw < edge).length / draws.length).toBeCloseTo(shares[at]!, 1.7));
});

const settings = hyperparametersSchema.parse({ horizontalFlip: true, randomResizedCrop: true, rotation: 10, brightness: 0.2, contrast: 0.3, saturation: 0.4, mixup: 0.2, cutmix: 1, mixProbability: 0.5 });

test('a view is decided by seed, epoch and picture, and one augmentation leaves the others’ draws alone', () => {
  expect(drawView(settings, 1, 2, 3)).toEqual(drawView(settings, 1, 2, 3));
  expect(drawView(settings, 1, 2, 3)).not.toEqual(drawView(settings, 1, 3, 3));
  expect(drawView(settings, 1, 2, 3)).not.toEqual(drawView(settings, 2, 2, 3));
  expect(drawView({ ...settings, randomResizedCrop: false, brightness: 0 }, 1, 2, 3).angle).toBe(drawView(settings, 1, 2, 3).angle);
  const views = Array.from({ length: 400 }, (_, index) => drawView(settings, 1, 1, index));
  expect(views.filter(({ mirror }) => mirror).length / 400).toBeCloseTo(0.5, 1);
  for (const { angle, colour } of views) {
    expect(Math.abs(angle)).toBeLessThanOrEqual(10);
    for (const { kind, factor } of colour) expect(Math.abs(factor - 1)).toBeLessThanOrEqual(settings[kind]);
  }
  expect(new Set(views.map(({ colour }) => colour.map(({ kind }) => kind).join())).size).toBe(6);
});

test('of mirrored pictures two views are kept, of others as many as asked for', () => {
  const flips = hyperparametersSchema.parse({ horizontalFlip: true });
  expect([keptViews(hyperparametersSchema.parse({}), 4), keptViews(flips, 4), keptViews(settings, 4)]).toEqual([1, 2, 4]);
  expect([keptView(flips, 0, 5), keptView(flips, 1, 5)]).toEqual([plainView, { ...plainView, mirror: true }]);
  expect(keptView(settings, 1, 5)).not.toEqual(keptView(settings, 2, 5));
});

test('about the share of batches asked for is mixed, half of them by CutMix', () => {
  const drawn = Array.from({ length: 600 }, (_, index) => drawMix(settings, 8, 1, index));
  const mixed = drawn.filter((mix) => mix !== null);
  expect(mixed.length / 600).toBeCloseTo(0.5, 1);
  expect(mixed.filter(({ box }) => box).length / mixed.length).toBeCloseTo(0.5, 1);
});
