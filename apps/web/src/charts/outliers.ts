import type { OutlierRule } from './chart-options';

export interface Bounds { low: number; high: number }

/**
 * Between which values the curves are shown. percentile: the 1st to the 99th; tukey: the quartiles and one and a half times
 * their distance beyond (Tukey's fences). null when nothing is left out: no rule, or too few values to tell.
 */
export function outlierBounds(columns: readonly Float64Array[], rule: OutlierRule): Bounds | null {
  if (rule === 'none') return null;
  const sorted = sortedFinite(columns);
  if (sorted.length < 20) return null;
  if (rule === 'percentile') return { low: quantile(sorted, 0.01), high: quantile(sorted, 0.99) };
  const [lower, upper] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const reach = 1.5 * (upper - lower);
  return { low: Math.max(sorted[0]!, lower - reach), high: Math.min(sorted.at(-1)!, upper + reach) };
}

export const countOutside = (values: Float64Array, { low, high }: Bounds): number =>
  values.reduce((count, value) => (Number.isFinite(value) && (value < low || value > high) ? count + 1 : count), 0);

function sortedFinite(columns: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of columns) for (let index = 0; index < values.length; index++) if (Number.isFinite(values[index]!)) all[at++] = values[index]!;
  return all.subarray(0, at).sort();
}

/** Linear between the two nearest ranks, as NumPy's default. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const rank = (sorted.length - 1) * share;
  const below = Math.floor(rank);
  return sorted[below]! + (sorted[Math.min(below + 1, sorted.length - 1)]! - sorted[below]!) * (rank - below);
}
