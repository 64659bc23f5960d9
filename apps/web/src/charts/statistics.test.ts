import { bandOf, groupCurve } from './group-curves';
import { countOutside, outlierBounds, quantile } from './outliers';

const floats = (...values: number[]) => Float64Array.from(values);

test('mean and band of a group, as NumPy has them', () => {
  // numpy: mean([1, 2, 6]) = 3, std(ddof=1) = 2.6457513110645907
  expect(bandOf([1, 2, 6], 'std')).toEqual({ mean: 3, low: 3 - 2.6457513110645907, high: 3 + 2.6457513110645907 });
  expect(bandOf([1, 2, 6], 'error').high).toBeCloseTo(3 + 2.6457513110645907 / Math.sqrt(3), 12);
  expect(bandOf([1, 2, 6], 'range')).toEqual({ mean: 3, low: 1, high: 6 });
  expect(bandOf([5], 'std')).toEqual({ mean: 5, low: 5, high: 5 });
});

test('runs of a group meet between their points and count only where they are', () => {
  const { x, y, n } = groupCurve([{ x: floats(0, 2, 4), y: floats(0, 2, 4) }, { x: floats(1, 3), y: floats(3, 5) }], 'range');
  expect(x).toEqual(floats(0, 1, 2, 3, 4));
  expect([...n]).toEqual([1, 2, 2, 2, 1]);
  expect(y).toEqual(floats(0, 2, 3, 4, 4));
});

test('long series of a group meet on evenly spaced positions', () => {
  const long = { x: Float64Array.from({ length: 1001 }, (_, index) => index), y: Float64Array.from({ length: 1001 }, (_, index) => 2 * index) };
  const { x, y } = groupCurve([long, long], 'std');
  expect(x.length).toBe(400);
  expect([x[0], x[399], y[399]]).toEqual([0, 1000, 2000]);
  expect(y[100]).toBeCloseTo(2 * x[100]!, 9);
});

test('quantiles as NumPy has them; outliers are counted', () => {
  expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
  const values = Float64Array.from({ length: 101 }, (_, index) => index);
  values[100] = 1e6;
  expect(outlierBounds([values], 'percentile')).toEqual({ low: 1, high: 99 });
  expect(outlierBounds([values], 'tukey')).toEqual({ low: 0, high: 150 });
  expect(countOutside(floats(...values, Number.NaN), { low: 0, high: 150 })).toBe(1);
  expect(outlierBounds([values], 'none')).toBeNull();
  expect(outlierBounds([floats(1, 2, 1e9)], 'tukey')).toBeNull();
});
