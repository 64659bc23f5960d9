import { tickLabels, timeLabels } from './axes';

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

test('times stand in the zone that was chosen, the day where it begins', () => {
  const at = Date.parse('2026-11-27T14:30:00Z') / 1000;
  expect(timeLabels([at, at + 1800, at + 3600], 'Asia/Tokyo')).toEqual(['23:30\n2026-11-27', '00:00\n2026-11-28', '00:30']);
  expect(timeLabels([at, at + 10], 'UTC')).toEqual(['14:30:00\n2026-11-27', '14:30:10']);
  expect(timeLabels([at, at + 86_400], 'UTC')).toEqual(['2026-11-27', '2026-11-28']);
});
