import type { CompareRunFragment } from '../../../generated/graphql';
import { sayDoubling, sizeCurves } from './size-groups';

const run = (config: Record<string, unknown>, backbone = 'mobilenet') => ({ config: { freeze: 'head', ...config }, backbone: { name: backbone }, dataset: { version: 1, dataset: { name: 'flowers' } } }) as unknown as CompareRunFragment;

/** Error 2 · n^−0.5 at 100, 200 and 400 pictures, ± 0.01 over two seeds. */
const sizes = [100, 200, 400];
const runs = sizes.flatMap((pictures) => [1, 2].map((seed) => run({ trainShare: pictures / 400, seed })));
const pictures = sizes.flatMap((count) => [count, count]);
const values = sizes.flatMap((count) => [0.99, 1.01].map((above) => above - 2 * count ** -0.5));

test('runs of one kind make a curve of means and deviations, and the fit says what doubling brings', () => {
  const [curve, ...others] = sizeCurves({ runs, pictures, values, lower: false });
  expect(others).toEqual([]);
  expect(curve).toMatchObject({ name: 'flowers v1 · mobilenet · head', runs: 6, differing: [] });
  expect(curve!.sizes.map((size) => size.runs)).toEqual([2, 2, 2]);
  expect(curve!.sizes[2]!.mean).toBeCloseTo(0.9, 9);
  expect(curve!.sizes[2]!.deviation).toBeCloseTo(Math.sqrt(0.0002), 9);
  expect(curve!.doubling).toBeCloseTo(0.1 - 2 * 800 ** -0.5, 6);
  expect(sayDoubling(curve!, 'val/accuracy', false)).toBe('Doubling the pictures to 800 would bring about +0.029 (fit of 3 sizes, 6 runs).');
});

test('another backbone is another curve; one size alone is none; what else differs is named', () => {
  const mixed = [...runs, run({ trainShare: 1 }, 'resnet'), run({ trainShare: 1, epochs: 5 })];
  const curves = sizeCurves({ runs: mixed, pictures: [...pictures, 400, 400], values: [...values, 0.5, 0.9], lower: false });
  expect(curves.map(({ name, differing }) => [name, differing])).toEqual([['flowers v1 · mobilenet · head', ['epochs']]]);
  expect(sizeCurves({ runs, pictures: pictures.map(() => null), values, lower: false })).toEqual([]);
});

test('a loss is an error as it is; what does not get better has no fit, and it is said', () => {
  const losses = values.map((value) => 1 - value);
  expect(sizeCurves({ runs, pictures, values: losses, lower: true })[0]!.doubling).toBeCloseTo(2 * 800 ** -0.5 - 0.1, 6);
  const [flat] = sizeCurves({ runs, pictures, values: values.map((value) => 1 - value), lower: false });
  expect(sayDoubling(flat!, 'val/accuracy', false)).toContain('does not follow a power law');
});
