import * as tf from '@tensorflow/tfjs';
import { crossEntropy, targetDistributions, weightedTargets } from './loss';
import torch from './loss.torch.json';

beforeAll(() => tf.setBackend('cpu'));

const { labels, weights } = torch;
const smoothed = (labelSmoothing: number, of: readonly number[] = labels) => targetDistributions(of, 5, labelSmoothing);

test.each([
  ['class indices', torch.hard, smoothed(0)],
  ['label smoothing', torch.smoothed, smoothed(0.1)],
  ['probabilities as targets', torch.softTargets, Float32Array.from(torch.soft)],
  ['class weights', torch.weighted, weightedTargets(smoothed(0), weights)],
  ['class weights and label smoothing', torch.weightedSmoothed, weightedTargets(smoothed(0.1), weights)],
  ['mixed pictures and label smoothing', torch.mixedSmoothed, mixed()],
])('loss and gradient are PyTorch’s: %s', (_, expected, targets) => {
  const logits = tf.tensor2d(torch.logits, [4, 5]);
  const { value, grads } = tf.valueAndGrads((given) => crossEntropy(given as tf.Tensor2D, tf.tensor2d(targets, [4, 5])))([logits]);
  expect(value.dataSync()[0]).toBeCloseTo(expected.loss, 5);
  expect([...grads[0]!.dataSync()]).toEqual(expected.gradient.map((one) => expect.closeTo(one, 5)));
});

/** 0.7 of each picture and 0.3 of the one opposite. */
function mixed(): Float32Array {
  const [own, other] = [smoothed(0.1), smoothed(0.1, [...labels].reverse())];
  return own.map((value, index) => 0.7 * value + 0.3 * other[index]!);
}
