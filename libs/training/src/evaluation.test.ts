import { evaluateLogits } from './evaluation';

test('loss, accuracy and probabilities of two pictures', () => {
  const { loss, accuracy, top5Accuracy, probabilities } = evaluateLogits(Float32Array.of(0, Math.log(3), 2, 0), [1, 1], 2, 0);
  expect([...probabilities.subarray(0, 2)]).toEqual([expect.closeTo(0.25, 6), expect.closeTo(0.75, 6)]);
  expect(loss).toBeCloseTo((-Math.log(0.75) - Math.log(1 / (1 + Math.exp(2)))) / 2, 6);
  expect(accuracy).toBe(0.5);
  expect(top5Accuracy).toBeNull();
});

test('label smoothing spreads the target over all classes', () => {
  const smoothing = 0.1;
  const { loss } = evaluateLogits(Float32Array.of(0, Math.log(3)), [1], 2, smoothing);
  expect(loss).toBeCloseTo(-0.95 * Math.log(0.75) - 0.05 * Math.log(0.25), 6);
});

test('top-5 accuracy needs more than five classes', () => {
  const logits = Float32Array.of(6, 5, 4, 3, 2, 1, 6, 5, 4, 3, 2, 1);
  expect(evaluateLogits(logits, [4, 5], 6, 0)).toMatchObject({ top5Accuracy: 0.5, accuracy: 0 });
});

test('a diverged model is right about nothing', () => {
  expect(evaluateLogits(Float32Array.of(Number.NaN, Number.NaN), [0], 2, 0)).toMatchObject({ accuracy: 0, loss: Number.NaN });
});
