import { tickLabels } from './axes';

test.each([
  [[0, 25e6, 50e6, 125e6], false, ['0', '2.5e7', '5e7', '1.25e8']],
  [[0, 2500, 5000, 12_500], false, ['0', '2,500', '5,000', '12,500']],
  [[0.999, 0.99905, 0.9991], false, ['0.999', '0.99905', '0.9991']],
  [[123_456_000, 123_456_500], false, ['1.23456e8', '1.234565e8']],
  [[0, 0.2, 0.4, 0.6000000000000001], false, ['0', '0.2', '0.4', '0.6']],
  [[-2e-5, 0, 2e-5], false, ['-2e-5', '0', '2e-5']],
  [[1e-6, null, 0.001, 1, 1000, 1e12], true, ['1e-6', '', '0.001', '1', '1,000', '1e12']],
])('the lines of the grid at %j (logarithmic: %s) are called %j', (ticks, log, expected) => {
  expect(tickLabels(ticks, log)).toEqual(expected);
});
