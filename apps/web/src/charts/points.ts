import type { MetricPoints } from '@thaw/series';

/** Points of one metric of one run, steps ascending, each step once. Values may be NaN or ±Infinity. */
export interface Points {
  steps: number[];
  values: number[];
}

/** The wire writes NaN and ±Infinity as strings; Number() reads them back. */
export const decodePoints = ({ steps, values }: MetricPoints): Points => mergePoints({ steps: [], values: [] }, { steps, values: values.map(Number) });

/** Appended points join the held ones; a step logged again supersedes the earlier value. */
export function mergePoints(held: Points, appended: Points): Points {
  const last = held.steps.at(-1) ?? Number.NEGATIVE_INFINITY;
  const inOrder = appended.steps.every((step, index) => step > (index === 0 ? last : appended.steps[index - 1]!));
  if (inOrder) return { steps: [...held.steps, ...appended.steps], values: [...held.values, ...appended.values] };
  const byStep = new Map<number, number>();
  for (const { steps, values } of [held, appended]) steps.forEach((step, index) => byStep.set(step, values[index]!));
  const steps = [...byStep.keys()].sort((a, b) => a - b);
  return { steps, values: steps.map((step) => byStep.get(step)!) };
}

/** Series over the union of their steps, as a chart wants them: null where a series has no finite value. */
export function alignPoints(series: readonly Points[]): { steps: number[]; columns: (number | null)[][] } {
  const steps = [...new Set(series.flatMap((points) => points.steps))].sort((a, b) => a - b);
  const position = new Map(steps.map((step, index) => [step, index]));
  const columns = series.map((points) => {
    const column = new Array<number | null>(steps.length).fill(null);
    points.steps.forEach((step, index) => {
      const value = points.values[index]!;
      if (Number.isFinite(value)) column[position.get(step)!] = value;
    });
    return column;
  });
  return { steps, columns };
}

export const countNonFinite = (points: Points): number => points.values.filter((value) => !Number.isFinite(value)).length;

/** Each column with all before it added; a missing part counts as nothing. */
export function sums(columns: readonly (number | null)[][]): number[][] {
  const stacked: number[][] = [];
  for (const column of columns) stacked.push(column.map((value, index) => (value ?? 0) + (stacked.at(-1)?.[index] ?? 0)));
  return stacked;
}
