import { paretoFront } from './pareto';
import { rankCorrelation, ranks, sayCorrelation, straightLine } from './rank-correlation';

test('the Pareto front holds what nothing beats in both, equals together', () => {
  const seconds = [10, 20, 30, 15, 30, 20, null];
  const accuracy = [0.7, 0.9, 0.95, 0.65, 0.94, 0.9, 0.99];
  expect(paretoFront({ values: seconds, lower: true }, { values: accuracy, lower: false })).toEqual([0, 1, 5, 2]);
  expect(paretoFront({ values: seconds, lower: true }, { values: accuracy, lower: true })).toEqual([0, 3]);
  expect(paretoFront({ values: ['a'], lower: true }, { values: [1], lower: true })).toEqual([]);
});

test('of many random points the front is what comparing every pair finds', () => {
  const numbers = Array.from({ length: 300 }, (_, index) => ((index * 7919) % 101) + ((index * 104_729) % 13) / 13);
  const others = Array.from({ length: 300 }, (_, index) => (index * 3571) % 47);
  const beaten = (place: number) => numbers.some((number, other) => number <= numbers[place]! && others[other]! >= others[place]! && (number < numbers[place]! || others[other]! > others[place]!));
  const front = paretoFront({ values: numbers, lower: true }, { values: others, lower: false });
  expect([...front].sort((a, b) => a - b)).toEqual([...numbers.keys()].filter((place) => !beaten(place)));
});

test('Spearman as scipy.stats.spearmanr has it, with ties and gaps', () => {
  expect(rankCorrelation([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])!.rho).toBeCloseTo(0.8207826817, 9);
  expect(rankCorrelation([1, 10, 100, 1000], [4, 3, 2, 1])).toEqual({ rho: -1, pairs: 4 });
  expect(rankCorrelation([1, null, 2, 3], [1, 5, null, 3])).toBeNull();
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(ranks([10, 20, 10, 5])).toEqual([2.5, 4, 2.5, 1]);
});

test('what is said about it names direction, strength and chance', () => {
  expect(sayCorrelation('epochs', 'val/accuracy', { rho: 0.8, pairs: 50 })).toContain('As epochs grows, val/accuracy tends to rise (strong; Spearman ρ = 0.80 over 50 runs)');
  expect(sayCorrelation('epochs', 'val/loss', { rho: -0.3, pairs: 300 })).toContain('tends to fall (weak; Spearman ρ = −0.30');
  expect(sayCorrelation('epochs', 'val/loss', { rho: -0.3, pairs: 10 })).toContain('no trend up or down that chance would not show');
});

test('a straight line through points on one is that line', () => {
  const line = straightLine([0, 1, 2, 3], [1, 3, 5, 7])!;
  expect([line.slope, line.offset]).toEqual([2, 1]);
  expect(straightLine([1, 1, 1], [1, 2, 3])).toBeNull();
});
