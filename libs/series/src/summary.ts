import type { Series } from './numbers';

/** What run lists show of one series. */
export interface Summary {
  count: number;
  /** Value of the highest step; may be NaN or infinite. */
  last: number;
  lastStep: number;
  /** Over finite values, at their first step; null when there is none. */
  min: number | null;
  minStep: number | null;
  max: number | null;
  maxStep: number | null;
}

/** Continues a summary with points whose steps all lie after it; starts one when there is none. */
export function summarize({ steps, values }: Pick<Series, 'steps' | 'values'>, before: Summary | null = null, count = steps.length): Summary | null {
  if (steps.length === 0) return before;
  const lastIndex = steps.length - 1;
  const summary: Summary = {
    count: (before?.count ?? 0) + count,
    last: values[lastIndex]!,
    lastStep: steps[lastIndex]!,
    min: before?.min ?? null,
    minStep: before?.minStep ?? null,
    max: before?.max ?? null,
    maxStep: before?.maxStep ?? null,
  };
  for (let index = 0; index < steps.length; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    if (summary.min === null || value < summary.min) [summary.min, summary.minStep] = [value, steps[index]!];
    if (summary.max === null || value > summary.max) [summary.max, summary.maxStep] = [value, steps[index]!];
  }
  return summary;
}
