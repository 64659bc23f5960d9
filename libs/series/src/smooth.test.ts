import { smooth } from './smooth';

const floats = (...values: number[]) => Float64Array.from(values);
const rounded = (values: Float64Array) => values.map((value) => Number(value.toFixed(9)));

test('smoothing corrects the bias of its beginning', () => {
  // By hand, w = 0.5: 1; (0.25 · 1 + 0.5 · 2) / 0.75; (0.125 · 1 + 0.25 · 2 + 0.5 · 4) / 0.875
  const smoothed = smooth(floats(1, 2, 4), 0.5);
  [1, 1.25 / 0.75, 2.625 / 0.875].forEach((value, index) => expect(smoothed[index]).toBeCloseTo(value, 12));
  for (const weight of [0.6, 0.99]) expect(smooth(floats(0.001, 0.001, 0.001, 0.001, 0.001), weight)).toEqual(floats(0.001, 0.001, 0.001, 0.001, 0.001));
  expect(smooth(floats(3, 1), 0)).toEqual(floats(3, 1));
});

test('what is not finite passes through and does not disturb the average', () => {
  expect(rounded(smooth(floats(1, Number.NaN, 1, Number.POSITIVE_INFINITY, 1), 0.9))).toEqual(floats(1, Number.NaN, 1, Number.POSITIVE_INFINITY, 1));
});

test('a value that stands for several counts as if it were there several times', () => {
  const each = smooth(floats(1, 1, 1, 5, 2, 2), 0.9);
  expect(rounded(smooth(floats(1, 5, 2), 0.9, floats(3, 1, 2)))).toEqual(rounded(floats(each[2]!, each[3]!, each[5]!)));
  expect(smooth(floats(0.1, 0.1, 0.1), 0.99, floats(32, 32, 7.5))).toEqual(floats(0.1, 0.1, 0.1));
});
