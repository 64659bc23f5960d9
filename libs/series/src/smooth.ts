export const mostSmoothing = 0.99;

/**
 * Exponential moving average with the bias of its beginning corrected, as in TensorBoard's scalar charts
 * (tensorboard/components/vz_line_chart2: `last = last * w + (1 - w) * next; smoothed = last / (1 - w^n)`) and the
 * "exponential moving average" of W&B. weight from 0 (as it is) to below 1. What is not finite passes through untouched
 * and does not disturb the average; a series that never changes stays as it is. counts: how many values each stands for.
 */
export function smooth(values: Float64Array, weight: number, counts?: Float64Array): Float64Array {
  if (weight <= 0) return values;
  const smoothed = new Float64Array(values.length);
  let average = 0;
  /** weight^n: what the average still lacks after n values */
  let lacking = 1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) {
      smoothed[index] = value;
      continue;
    }
    const count = counts?.[index] ?? 1;
    const kept = count === 1 ? weight : weight ** count;
    lacking *= kept;
    // The same average as a step towards the value: of equal values nothing is rounded.
    average += ((1 - kept) / (1 - lacking)) * (value - average);
    smoothed[index] = average;
  }
  return smoothed;
}
