import type { Series } from './numbers';

/**
 * At most maxPoints finite points of a series in order of step: the first, the last, and the minimum and
 * maximum of each bucket of equally many points; beside them every non-finite value, so that no divergence is hidden.
 */
export function downsample(series: Series, maxPoints: number): Series {
  const { steps, values } = series;
  const length = steps.length;
  if (length <= maxPoints) return series;
  const keep = new Set<number>(maxPoints > 1 ? [0, length - 1] : [length - 1]);
  const buckets = Math.floor((maxPoints - 2) / 2);
  const inner = length - 2;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = 1 + Math.floor((bucket * inner) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inner) / buckets);
    let lowest = -1;
    let highest = -1;
    for (let index = from; index < to; index++) {
      const value = values[index]!;
      if (!Number.isFinite(value)) continue;
      if (lowest < 0 || value < values[lowest]!) lowest = index;
      if (highest < 0 || value > values[highest]!) highest = index;
    }
    if (lowest >= 0) keep.add(lowest).add(highest);
  }
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) keep.add(index);
  });
  const kept = [...keep].sort((a, b) => a - b);
  const pick = (column: number[]) => kept.map((index) => column[index]!);
  return { steps: pick(steps), times: pick(series.times), values: pick(values) };
}
