import type { PredictionRecord } from './evaluate-predictions';

/** One bar of the reliability diagram: predictions with lower < confidence ≤ upper. */
export interface CalibrationBin {
  lower: number;
  upper: number;
  count: number;
  /** Means over the bin; null when it is empty. */
  confidence: number | null;
  accuracy: number | null;
}

export interface CalibrationFigures {
  ece: number;
  maximumError: number;
  bins: CalibrationBin[];
}

const binCount = 15;

/**
 * Expected calibration error over 15 bins of equal width, of the confidence in the predicted class: Guo et al., "On
 * Calibration of Modern Neural Networks", 2017, equations 3 and 5.
 */
export function calibrate(predictions: readonly PredictionRecord[]): CalibrationFigures {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, hits: 0 }));
  for (const { confidence, label, predicted } of predictions) {
    const bin = sums[Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1))]!;
    bin.count++;
    bin.confidence += confidence;
    if (label === predicted) bin.hits++;
  }
  const gaps = sums.map(({ count, confidence, hits }) => (count === 0 ? 0 : Math.abs(hits - confidence) / count));
  return {
    ece: gaps.reduce((sum, gap, index) => sum + (gap * sums[index]!.count) / (predictions.length || 1), 0),
    maximumError: Math.max(...gaps),
    bins: sums.map(({ count, confidence, hits }, index) => ({
      lower: index / binCount, upper: (index + 1) / binCount, count,
      confidence: count === 0 ? null : confidence / count,
      accuracy: count === 0 ? null : hits / count,
    })),
  };
}

/** Scores that reward honest probabilities, lower is better. */
export interface ProperScores {
  /** Mean squared distance of the probabilities from the truth, summed over the classes: 0 to 2 (Brier, 1950). */
  brier: number;
  /** Mean −log of the true class's probability; finite, because probabilities of 0 count as the smallest float does. */
  logLoss: number;
}

/** null when a prediction has no probabilities, or one of them is not finite. */
export function properScores(predictions: readonly (PredictionRecord & { probabilities?: readonly (number | null)[] })[]): ProperScores | null {
  if (predictions.length === 0) return null;
  let [brier, logLoss] = [0, 0];
  for (const { label, probabilities } of predictions) {
    if (!probabilities || probabilities.includes(null)) return null;
    (probabilities as readonly number[]).forEach((probability, index) => { brier += (probability - Number(index === label)) ** 2; });
    logLoss -= Math.log(Math.max((probabilities as readonly number[])[label]!, smallestFloat));
  }
  return { brier: brier / predictions.length, logLoss: logLoss / predictions.length };
}

/** Least normal number in single precision, in which probabilities are computed. */
const smallestFloat = 2 ** -126;
