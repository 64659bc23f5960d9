/** How a model does on a set of pictures. */
export interface Evaluation {
  /** Mean cross-entropy, with the label smoothing of training, as Keras reports it. */
  loss: number;
  accuracy: number;
  /** null with five classes or fewer, where it would always be 1 */
  top5Accuracy: number | null;
  /** [count, classes] */
  probabilities: Float32Array;
  /** [count], 1 where the model is right */
  correct: Uint8Array;
}

/** From logits [count, classes]; in double precision, so that no backend rounds the loss its own way. */
export function evaluateLogits(logits: Float32Array, labels: ArrayLike<number>, classes: number, labelSmoothing: number): Evaluation {
  const probabilities = new Float32Array(logits.length);
  const correct = new Uint8Array(labels.length);
  let loss = 0;
  let inTop5 = 0;
  for (let row = 0; row < labels.length; row++) {
    const scores = logits.subarray(row * classes, (row + 1) * classes);
    const label = labels[row]!;
    const logSum = logSumExp(scores);
    let logProbabilities = 0;
    for (let index = 0; index < classes; index++) {
      const logProbability = scores[index]! - logSum;
      logProbabilities += logProbability;
      probabilities[row * classes + index] = Math.exp(logProbability);
    }
    loss -= (1 - labelSmoothing) * (scores[label]! - logSum) + (labelSmoothing / classes) * logProbabilities;
    const rank = rankOf(scores, label);
    if (rank === 0) correct[row] = 1;
    if (rank < 5) inTop5++;
  }
  const accuracy = correct.reduce((sum, right) => sum + right, 0) / labels.length;
  return { loss: loss / labels.length, accuracy, top5Accuracy: classes > 5 ? inTop5 / labels.length : null, probabilities, correct };
}

function logSumExp(scores: Float32Array): number {
  const peak = Math.max(...scores);
  let sum = 0;
  for (const score of scores) sum += Math.exp(score - peak);
  return peak + Math.log(sum);
}

/** How many classes score higher; of equal scores the first one wins, as argMax has it. NaN wins nothing. */
function rankOf(scores: Float32Array, label: number): number {
  const own = scores[label]!;
  let rank = 0;
  for (let index = 0; index < scores.length; index++) {
    if (Number.isNaN(own) || scores[index]! > own || (scores[index] === own && index < label)) rank++;
  }
  return rank;
}
