import type { FineTuned } from '@thaw/training';
import type { ListedPicture } from './data/picture-source';

/** evaluation.json: the validation pictures as the restored best model sees them. */
export function evaluationFile({ loss, accuracy, top5Accuracy, probabilities }: FineTuned['evaluation'], classes: readonly string[], pictures: readonly ListedPicture[]): Uint8Array {
  const predictions = pictures.map(({ id, label }, row) => {
    const scores = [...probabilities.subarray(row * classes.length, (row + 1) * classes.length)];
    const predicted = scores.reduce((best, score, index) => (score > scores[best]! ? index : best), 0);
    return { picture: id, label, predicted, confidence: scores[predicted]!, probabilities: scores };
  });
  return Buffer.from(JSON.stringify({ loss, accuracy, top5Accuracy, classes, predictions }));
}
