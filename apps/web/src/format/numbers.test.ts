import { formatMetric, formatSetting } from './numbers';

test.each([
  [9, '9'], [835_584, '835,584'], [1_020_416, '1,020,416'], [1_234_567_890, '1,234,567,890'], [6e11, '6.00e+11'], [-3, '-3'],
  [0.98765432, '0.9877'], [12.5, '12.5000'], [835_584.26, '835,584.3'], [1_234_567.8, '1.23e+6'], [2e-5, '2.00e-5'], [Number.NaN, 'NaN'], [null, '–'],
])('the metric %p reads %s', (value, expected) => {
  expect(formatMetric(value)).toBe(expected);
});

test.each([[0.0021071234, '0.002107'], [1.00044e-4, '0.0001'], [20_240_101, '20240101'], [1024, '1024'], [0.1, '0.1'], [true, 'on'], ['adam', 'adam'], [[1, 2], '[1,2]'], [null, '–']])('the setting %p reads %s', (value, expected) => {
  expect(formatSetting(value)).toBe(expected);
});
