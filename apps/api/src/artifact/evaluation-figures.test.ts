import { calibrate, properScores } from './calibration';
import { averages, classReports, confusionMatrix, type PredictionRecord } from './evaluate-predictions';
import references from './evaluation-references.json';
import { readEvaluation } from './read-evaluation';

const predictions = references.probabilities.map((probabilities, index) => {
  const confidence = Math.max(...probabilities);
  return { picture: String(index), label: references.labels[index]!, predicted: probabilities.indexOf(confidence), confidence, probabilities };
});

test('matrix, per-class figures and their averages are scikit-learn’s', () => {
  const matrix = confusionMatrix(predictions, 4);
  expect(matrix).toEqual(references.matrix);
  const reports = classReports(matrix, ['a', 'b', 'c', 'd']);
  reports.forEach(({ precision, recall, f1, support }, index) => {
    [precision, recall, f1, support].forEach((figure, at) => expect(figure).toBeCloseTo(references.perClass[index]![at]!, 12));
  });
  const { macro, weighted } = averages(reports);
  for (const name of ['precision', 'recall', 'f1'] as const) {
    expect(macro[name]).toBeCloseTo(references.macro[name], 12);
    expect(weighted[name]).toBeCloseTo(references.weighted[name], 12);
  }
});

test('expected calibration error and the bins it is made of are those of Guo’s code', () => {
  const { ece, maximumError, bins } = calibrate(predictions);
  expect(ece).toBeCloseTo(references.ece, 12);
  expect(maximumError).toBeCloseTo(references.maximumError, 12);
  expect(bins).toHaveLength(15);
  const filled = bins.filter(({ count }) => count > 0).map(({ lower, count, confidence, accuracy }) => [lower, count, confidence!, accuracy!]);
  expect(filled).toEqual(references.bins.map((bin) => bin.map((value) => expect.closeTo(value, 12))));
  expect(bins.filter(({ count }) => count === 0).every(({ confidence, accuracy }) => confidence === null && accuracy === null)).toBe(true);
});

test('a confidence on the edge belongs to the bin it ends; 0 and 1 have a bin; no predictions make no error', () => {
  const sure = (confidence: number): PredictionRecord => ({ picture: '', label: 0, predicted: 0, confidence });
  const counts = calibrate([0, 0.2, 0.6, 1].map(sure)).bins.map(({ count }) => count);
  expect(counts).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
  expect(calibrate([])).toMatchObject({ ece: 0, maximumError: 0 });
});

test('Brier score and log loss are scikit-learn’s', () => {
  const scores = properScores(predictions)!;
  expect(scores.brier).toBeCloseTo(references.brier, 12);
  expect(scores.logLoss).toBeCloseTo(references.logLoss, 12);
  expect(properScores([{ picture: '', label: 0, predicted: 1, confidence: 1, probabilities: [0, 1] }])!.logLoss).toBeCloseTo(126 * Math.log(2), 9);
});

test('without probabilities there are none; a file of the first version still reads', () => {
  const stored = readEvaluation(Buffer.from(JSON.stringify({ loss: null, accuracy: 1, classes: ['a', 'b'], predictions: [{ picture: 'p', label: 0, predicted: 0 }] })));
  expect(stored).toMatchObject({ transferGain: [], top5Accuracy: null, predictions: [{ confidence: 0 }] });
  expect(properScores(stored.predictions)).toBeNull();
  expect(properScores([{ picture: '', label: 0, predicted: 0, confidence: 0, probabilities: [null, null] }])).toBeNull();
  const ragged = { loss: 1, accuracy: 1, classes: ['a', 'b'], predictions: [{ picture: 'p', label: 0, predicted: 0, probabilities: [1] }] };
  expect(() => readEvaluation(Buffer.from(JSON.stringify(ragged)))).toThrow('predictions.0: 1 probabilities for 2 classes');
});
