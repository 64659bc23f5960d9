import { deltaOf } from './delta';

test.each([
  ['val/accuracy', 0.9, 0.8, { text: '+0.1000', verdict: 'better' }],
  ['val/accuracy', 0.7, 0.8, { text: '−0.1000', verdict: 'worse' }],
  ['val/loss', 0.2, 0.5, { text: '−0.3000', verdict: 'better' }],
  ['val/loss', 0.7, 0.5, { text: '+0.2000', verdict: 'worse' }],
  ['lr', 2, 1, { text: '+1', verdict: null }],
  ['val/loss', 0.5, 0.5, { text: '±0', verdict: null }],
  ['val/loss', undefined, 0.5, null],
  ['val/loss', 0.5, undefined, null],
  ['val/loss', Number.NaN, 0.5, null],
  ['val/loss', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, null],
])('%s %s against %s', (key, value, baseline, expected) => {
  expect(deltaOf(key, value, baseline)).toEqual(expected);
});
