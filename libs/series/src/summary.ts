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
export function summarize({ steps, values }: Series, before: Summary | null = null): Summary | null {
  if (steps.length === 0) return before;
  const summary: Summary = before
    ? { ...before }
    : { count: 0, last: Number.NaN, lastStep: 0, min: null, minStep: null, max: null, maxStep: null };
  steps.forEach((step, index) => {
    const value = values[index]!;
    summary.count++;
    summary.last = value;
    summary.lastStep = step;
    if (!Number.isFinite(value)) return;
    if (summary.min === null || value < summary.min) [summary.min, summary.minStep] = [value, step];
    if (summary.max === null || value > summary.max) [summary.max, summary.maxStep] = [value, step];
  });
  return summary;
}
