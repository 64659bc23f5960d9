import { quantile } from '../../../charts/outliers';

/**
 * Values beyond Tukey's far fences, three times the middle half's width from it, moved onto them, and how many these are. One
 * loss of 1e8 is all of the variance: a forest could then explain nothing but that run. It still counts as the worst.
 */
export function withinFences(values: Float64Array): { values: Float64Array; moved: number } {
  const sorted = values.slice().sort();
  const [lower, upper] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const reach = 3 * (upper - lower);
  // More than half of them are the same: there is no width to measure by.
  if (!(reach > 0)) return { values, moved: 0 };
  const [low, high] = [lower - reach, upper + reach];
  return { values: values.map((value) => Math.max(low, Math.min(high, value))), moved: values.filter((value) => value < low || value > high).length };
}
