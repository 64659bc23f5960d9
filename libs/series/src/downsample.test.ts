import fc from 'fast-check';
import { countNonFinite, downsample, extremesOf, mostInExtremes, mostInRollup, rollUp, type Series } from './index';

const toSeries = (numbers: number[]): Series => ({ steps: Float64Array.from(numbers, (_, index) => index), times: Float64Array.from(numbers, (_, index) => 1000 + index / 8), values: Float64Array.from(numbers) });
const value = fc.oneof({ weight: 8, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) }, { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) });
const series = fc.array(value, { maxLength: 1000, size: 'max' }).map(toSeries);

const finite = ({ values }: Series) => [...values].filter(Number.isFinite);
const least = (numbers: number[]) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const greatest = (numbers: number[]) => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

function expectSubset(small: Series, whole: Series) {
  expect([...small.steps]).toEqual([...new Set(small.steps)].sort((a, b) => a - b));
  small.steps.forEach((step, index) => expect([small.times[index], small.values[index]]).toEqual([whole.times[step], whole.values[step]]));
}

test('points that were logged, in order, no more than asked for beside what is not finite', () => {
  fc.assert(fc.property(series, fc.integer({ min: 1, max: 300 }), (whole, maxPoints) => {
    const small = downsample(whole, maxPoints);
    expectSubset(small, whole);
    expect(finite(small).length).toBeLessThanOrEqual(maxPoints);
    if (whole.steps.length <= maxPoints) expect(small).toBe(whole);
    else expect(small.steps.at(-1)).toBe(whole.steps.at(-1));
  }));
});

test('the extremes stay, and so does every value that is not finite while there are no more than asked for', () => {
  fc.assert(fc.property(series, fc.integer({ min: 4, max: 300 }), (whole, maxPoints) => {
    const small = downsample(whole, maxPoints);
    expect(least(finite(small))).toBe(least(finite(whole)));
    expect(greatest(finite(small))).toBe(greatest(finite(whole)));
    const lost = countNonFinite(whole.values);
    if (lost <= maxPoints) expect(countNonFinite(small.values)).toBe(lost);
    else expect(new Set([...small.values].filter((each) => !Number.isFinite(each)))).toEqual(new Set([...whole.values].filter((each) => !Number.isFinite(each))));
  }));
});

test('a curve of nothing but NaN stays bounded', () => {
  const small = downsample(toSeries(Array(100_000).fill(Number.NaN)), 100);
  expect(small.steps.length).toBeLessThanOrEqual(102);
  expect([small.steps[0], small.steps.at(-1)]).toEqual([0, 99_999]);
});

test('points that stand for many share the buckets by weight', () => {
  const numbers = [...Array.from({ length: 100 }, (_, index) => index % 7), ...Array.from({ length: 6400 }, (_, index) => index % 5)];
  const weights = Float64Array.from(numbers, (_, index) => (index < 100 ? 64 : 1));
  const small = downsample(toSeries(numbers), 130, weights);
  expect(small.steps.length).toBeLessThanOrEqual(130);
  const early = [...small.steps].filter((step) => step < 100).length;
  expect(early).toBeGreaterThan(40);
  expect(early).toBeLessThan(90);
});

test('roll-ups and extremes keep minimum, maximum, both ends, and tell when they leave out what is not finite', () => {
  fc.assert(fc.property(series.filter(({ steps }) => steps.length > 0), (whole) => {
    for (const [small, limit] of [[rollUp(whole), mostInRollup], [extremesOf(whole), mostInExtremes]] as const) {
      expectSubset(small, whole);
      expect([least(finite(small)), greatest(finite(small))]).toEqual([least(finite(whole)), greatest(finite(whole))]);
      expect([small.steps[0], small.steps.at(-1)]).toEqual([0, whole.steps.length - 1]);
      const lost = countNonFinite(whole.values);
      if (lost <= limit) expect(countNonFinite(small.values)).toBe(lost);
      else expect(countNonFinite(small.values)).toBeGreaterThan(limit);
    }
  }));
  const all = rollUp(toSeries(Array(4096).fill(Number.NaN)));
  expect(all.steps.length).toBeGreaterThan(mostInRollup);
  expect(all.steps.length).toBeLessThan(mostInRollup + 130);
});
