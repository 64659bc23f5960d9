import { byInterest, classReports, confusionMatrix, type PredictionRecord } from './evaluate-predictions';

const record = (label: number, predicted: number, confidence: number): PredictionRecord => ({ picture: `${label}-${predicted}-${confidence}`, label, predicted, confidence });
const predictions = [record(0, 0, 0.9), record(0, 1, 0.6), record(1, 1, 0.7), record(1, 1, 0.99), record(2, 1, 0.8), record(2, 0, 0.5), record(0, 0, 0.55)];

test('rows of the confusion matrix are the true classes', () => {
  expect(confusionMatrix(predictions, 4)).toEqual([[2, 1, 0, 0], [0, 2, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0]]);
});

// sklearn.metrics.precision_recall_fscore_support([0,0,1,1,2,2,0], [0,1,1,1,1,0,0], labels=[0,1,2,3], zero_division=0)
test('precision, recall and F1 are scikit-learn’s, zero where there is nothing to divide', () => {
  const reports = classReports(confusionMatrix(predictions, 4), ['a', 'b', 'c', 'd']);
  expect(reports.map(({ precision, recall, f1, support }) => [precision, recall, f1, support].map((value) => Number(value.toFixed(6))))).toEqual([
    [0.666667, 0.666667, 0.666667, 3], [0.5, 1, 0.666667, 2], [0, 0, 0, 2], [0, 0, 0, 0],
  ]);
});

test('the most confident mistake comes first, the surest hit last', () => {
  expect(byInterest(predictions).map(({ picture }) => picture)).toEqual(['2-1-0.8', '0-1-0.6', '2-0-0.5', '0-0-0.55', '1-1-0.7', '0-0-0.9', '1-1-0.99']);
  expect(predictions[0]!.picture).toBe('0-0-0.9');
});
