/**
 * Exponential moving average with the bias of its beginning corrected, as in TensorBoard's scalar charts
 * (tensorboard/components/vz_line_chart2: `last = last * w + (1 - w) * next; smoothed = last / (1 - w^n)`) and the
 * "exponential moving average" of W&B. weight from 0 (as it is) to below 1. What is not finite passes through untouched
 * and does not disturb the average; a series that never changes stays as it is.
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  if (weight <= 0) return values;
  const smoothed = new Float64Array(values.length);
  let average = 0;
  /** weight^n: what the average still lacks after n values */
  let lacking = 1;
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      smoothed[index] = value;
      return;
    }
    lacking *= weight;
    // The same average as a step towards the value: of equal values nothing is rounded.
    average += ((1 - weight) / (1 - lacking)) * (value - average);
    smoothed[index] = average;
  });
  return smoothed;
}

export const mostSmoothing = 0.99;
