import { pairedGain } from './paired-bootstrap';
import references from './bootstrap-references.json';

const { 'made with': _madeWith, ...cases } = references;

/** 1 for right, 0 for wrong: first where both are right, then where the run alone is, the baseline alone, neither. */
const answers = ([both, run, baseline, neither]: number[], right: number[]) => [both, run, baseline, neither].flatMap((count, kind) => new Array<number>(count!).fill(right[kind]!));
const gainOf = (counts: number[], seed: number) => pairedGain(answers(counts, [1, 1, 0, 0]), answers(counts, [1, 0, 1, 0]), seed);

test.each(Object.entries(cases))('%s: gain and interval are scipy’s', (_, { counts, gain, low, high, standardError }) => {
  const pictures = counts.reduce((sum, count) => sum + count, 0);
  // Sums of whole answers: a bound moves by one picture, or by what 10,000 resamples leave to chance.
  const tolerance = Math.max(1 / pictures, standardError * 0.1) + 1e-9;
  for (const seed of [1, 2]) {
    const found = gainOf(counts, seed);
    expect(found.gain).toBeCloseTo(gain, 12);
    expect(Math.abs(found.low - low)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(found.high - high)).toBeLessThanOrEqual(tolerance);
  }
});

test('the same seed gives the same interval; nothing gained is exactly nothing', () => {
  expect(gainOf([100, 12, 12, 26], 3)).toEqual(gainOf([100, 12, 12, 26], 3));
  expect(pairedGain([1, 0, 1], [1, 0, 1], 1)).toEqual({ gain: 0, low: 0, high: 0 });
  expect(() => pairedGain([1], [], 1)).toThrow('same pictures');
});
