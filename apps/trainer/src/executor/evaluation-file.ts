import type { FineTuned, TransferGain } from '@thaw/training';
import type { ListedPicture } from '../data/picture-source';

/**
 * evaluation.json: the validation pictures as the restored best model sees them, and what pretraining bought. Everything
 * else that is shown is computed from these by whoever reads it. Version 1, without the field, had no transferGain.
 */
export function evaluationFile({ loss, accuracy, top5Accuracy, probabilities }: Omit<FineTuned['evaluation'], 'correct'>, classes: readonly string[], pictures: readonly ListedPicture[], transferGain: readonly TransferGain[]): Uint8Array {
  const predictions = pictures.map(({ id, label }, row) => {
    const scores = [...probabilities.subarray(row * classes.length, (row + 1) * classes.length)];
    const predicted = scores.reduce((best, score, index) => (score > scores[best]! ? index : best), 0);
    return { picture: id, label, predicted, confidence: scores[predicted]!, probabilities: scores };
  });
  return Buffer.from(JSON.stringify({ version: 2, loss, accuracy, top5Accuracy, classes, predictions, transferGain }));
}
