import { evaluationFile } from './evaluation-file';

test('each picture keeps its row of probabilities, and the highest is the prediction', () => {
  const pictures = [0, 1].map((index) => ({ id: `p${index}`, path: '', sha256: '', label: 2 }));
  const probabilities = Float32Array.of(0.25, 0.5, 0.25, 0, 0.25, 0.75);
  const file = evaluationFile({ loss: 1, accuracy: 0.5, top5Accuracy: null, probabilities }, ['a', 'b', 'c'], pictures);
  expect(JSON.parse(Buffer.from(file).toString())).toEqual({
    loss: 1, accuracy: 0.5, top5Accuracy: null, classes: ['a', 'b', 'c'],
    predictions: [
      { picture: 'p0', label: 2, predicted: 1, confidence: 0.5, probabilities: [0.25, 0.5, 0.25] },
      { picture: 'p1', label: 2, predicted: 2, confidence: 0.75, probabilities: [0, 0.25, 0.75] },
    ],
  });
});
