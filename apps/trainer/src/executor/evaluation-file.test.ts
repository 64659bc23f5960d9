import type { TransferGain } from '@thaw/training';
import { evaluationFile } from './evaluation-file';
import { gainMetrics, underBaseline } from './gain-metrics';

const twin: TransferGain = { baseline: 'twin', accuracy: 0.5, gain: 0.25, low: 0.1, high: 0.4, bestEpoch: 3, epochs: 5, problem: null };
const probe: TransferGain = { baseline: 'probe', accuracy: null, gain: null, low: null, high: null, bestEpoch: 0, epochs: 1, problem: 'The training loss became NaN.' };

test('each picture keeps its row of probabilities, and the highest is the prediction', () => {
  const pictures = [0, 1].map((index) => ({ id: `p${index}`, path: '', sha256: '', label: 2 }));
  const probabilities = Float32Array.of(0.25, 0.5, 0.25, 0, 0.25, 0.75);
  const file = evaluationFile({ loss: 1, accuracy: 0.5, top5Accuracy: null, probabilities }, ['a', 'b', 'c'], pictures, [twin]);
  expect(JSON.parse(Buffer.from(file).toString())).toEqual({
    version: 2, loss: 1, accuracy: 0.5, top5Accuracy: null, classes: ['a', 'b', 'c'],
    predictions: [
      { picture: 'p0', label: 2, predicted: 1, confidence: 0.5, probabilities: [0.25, 0.5, 0.25] },
      { picture: 'p1', label: 2, predicted: 2, confidence: 0.75, probabilities: [0, 0.25, 0.75] },
    ],
    transferGain: [twin],
  });
});

test('a gain is a metric of the run, a baseline’s epochs are metrics of its own, and what failed has none', () => {
  expect(gainMetrics([probe, twin])).toEqual({ 'transfer/gain_over_scratch': 0.25 });
  expect(underBaseline('probe', { 'val/loss': 1, lr: 0.1 })).toEqual({ 'probe/val/loss': 1, 'probe/lr': 0.1 });
});
