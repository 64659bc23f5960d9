import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { randomStream } from '../random';
import { principalComponents } from './principal-components';
import { FeatureCollector, mostMapped } from './seen-features';

/** Two strong directions and noise. */
function given(rows: number, channels: number): Float32Array {
  const random = randomStream(7, 'test');
  const [first, second] = [0, 1].map(() => Array.from({ length: channels }, () => random() - 0.5));
  return Float32Array.from({ length: rows }).reduce<Float32Array>((all, _, row) => {
    const [a, b] = [10 * (random() - 0.5), 4 * (random() - 0.5)];
    for (let channel = 0; channel < channels; channel++) all[row * channels + channel] = 3 + a * first![channel]! + b * second![channel]! + 0.2 * (random() - 0.5);
    return all;
  }, new Float32Array(rows * channels));
}

test.each([[60, 20], [12, 40]])('variances are the eigenvalues of the covariance (%i pictures, %i channels)', (rows, channels) => {
  const values = given(rows, channels);
  const matrix = Matrix.from1DArray(rows, channels, [...values]);
  const centred = matrix.subRowVector(matrix.mean('column'));
  const eigenvalues = new EigenvalueDecomposition(centred.transpose().mmul(centred), { assumeSymmetric: true }).realEigenvalues.sort((a, b) => b - a);
  const { dimensions, values: scores, explained } = principalComponents(values, channels, 3);
  expect(dimensions).toBe(3);
  for (let column = 0; column < 3; column++) {
    const variance = Array.from({ length: rows }, (_, row) => scores[row * 3 + column]! ** 2).reduce((sum, square) => sum + square, 0);
    expect(variance / eigenvalues[column]!).toBeCloseTo(1, 3);
  }
  const total = eigenvalues.reduce((sum, value) => sum + value, 0);
  expect(explained).toBeCloseTo((eigenvalues[0]! + eigenvalues[1]! + eigenvalues[2]!) / total, 4);
  expect(principalComponents(values, channels, 3).values).toEqual(scores);
});

test('there are no more components than pictures or channels, and none where nothing varies', () => {
  expect(principalComponents(given(3, 10), 10, 32).dimensions).toBe(3);
  expect(principalComponents(new Float32Array(20).fill(2), 4, 2)).toEqual({ dimensions: 2, values: new Float32Array(10), explained: 1 });
});

test('features are kept by their place in the set, evenly spread where there are too many', () => {
  const few = new FeatureCollector(3);
  few.add(0, Float32Array.of(1, 2, 3, 4), 2);
  few.add(2, Float32Array.of(5, 6), 2);
  expect(few.collected()).toEqual({ rows: [0, 1, 2], channels: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6) });
  expect(new FeatureCollector(3).collected()).toBeNull();
  const many = new FeatureCollector(3 * mostMapped);
  many.add(0, Float32Array.from({ length: 3 * mostMapped }, (_, index) => index), 1);
  expect(many.collected()!.rows.slice(0, 3)).toEqual([0, 3, 6]);
  expect([...many.collected()!.values.slice(-2)]).toEqual([3 * mostMapped - 6, 3 * mostMapped - 3]);
});
