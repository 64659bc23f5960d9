import { pickPoints, type Series } from './numbers';

/**
 * At most maxPoints finite points of a series in order of step: the first, the last, and the minimum and maximum of each
 * bucket of equally many points (equally much weight, where one point stands for many). Beside them every value that is
 * not finite, so that no divergence is hidden; when those are more than maxPoints, each bucket's first and last of a kind.
 */
export function downsample(series: Series, maxPoints: number, weights?: Float64Array): Series {
  const { length } = series.steps;
  if (length <= maxPoints) return series;
  return pickPoints(series, sample(series.values, Math.floor((maxPoints - 2) / 2), maxPoints, maxPoints > 1, weights));
}

/** Ends, extremes of each bucket, and what is not finite: all of it up to a limit. In order. */
export function sample(values: Float64Array, buckets: number, mostNonFinite: number, bothEnds = true, weights?: Float64Array): Uint32Array {
  const { length } = values;
  const keep = new Set<number>();
  if (length > 0) keep.add(length - 1);
  if (bothEnds && length > 0) keep.add(0);
  let nonFinite = 0;
  for (let index = 0; index < length; index++) if (!Number.isFinite(values[index]!)) nonFinite++;
  const bounds = boundsOf(length, buckets, weights);
  for (let bucket = 0; bucket + 1 < bounds.length; bucket++) {
    let lowest = -1;
    let highest = -1;
    for (let index = bounds[bucket]!; index < bounds[bucket + 1]!; index++) {
      const value = values[index]!;
      if (!Number.isFinite(value)) continue;
      if (lowest < 0 || value < values[lowest]!) lowest = index;
      if (highest < 0 || value > values[highest]!) highest = index;
    }
    if (lowest >= 0) keep.add(lowest).add(highest);
  }
  if (nonFinite > 0) {
    const all = nonFinite <= mostNonFinite;
    const wide = buckets > 0 ? bounds : boundsOf(length, 1);
    for (let bucket = 0; bucket + 1 < wide.length; bucket++) {
      const last = new Map<number, number>();
      // The ends of the series belong to the outermost buckets here.
      const from = bucket === 0 ? 0 : wide[bucket]!;
      const to = bucket + 2 === wide.length ? length : wide[bucket + 1]!;
      for (let index = from; index < to; index++) {
        const value = values[index]!;
        if (Number.isFinite(value)) continue;
        if (all || !last.has(value)) keep.add(index);
        last.set(value, index);
      }
      for (const index of last.values()) keep.add(index);
    }
  }
  return Uint32Array.from(keep).sort();
}

/** Between the first and the last point; buckets + 1 indices. */
function boundsOf(length: number, buckets: number, weights?: Float64Array): number[] {
  if (buckets < 1 || length < 3) return [];
  const inner = length - 2;
  if (!weights) return Array.from({ length: buckets + 1 }, (_, bucket) => 1 + Math.floor((bucket * inner) / buckets));
  let total = 0;
  for (let index = 1; index <= inner; index++) total += weights[index]!;
  const bounds = [1];
  let sum = 0;
  for (let index = 1; index <= inner; index++) {
    sum += weights[index]!;
    while (bounds.length <= buckets && sum >= (bounds.length * total) / buckets) bounds.push(index + 1);
  }
  while (bounds.length <= buckets) bounds.push(length - 1);
  return bounds;
}

/** Points a bucket of a roll-up stands for. */
export const rollupBucket = 64;
/** Beyond these many values that are not finite a roll-up, or the extremes, no longer hold all of them; then they hold more than so many. */
export const mostInRollup = 256;
export const mostInExtremes = 64;

/** A chunk downsampled to a thirty-second of its points. */
export const rollUp = (series: Series): Series => condense(series, Math.ceil(series.steps.length / rollupBucket), mostInRollup);

/** A chunk's ends, its minimum and maximum, and what is not finite. */
export const extremesOf = (series: Series): Series => condense(series, 1, mostInExtremes);

/** The ends of its time are kept too, so that a reader knows which times lie within. */
function condense(series: Series, buckets: number, limit: number): Series {
  let [earliest, latest] = [0, 0];
  series.times.forEach((time, index) => {
    if (time < series.times[earliest]!) earliest = index;
    if (time > series.times[latest]!) latest = index;
  });
  return pickPoints(series, Uint32Array.from(new Set([...withSign(series, buckets, limit), earliest, latest])).sort());
}

/** So that a reader can tell: when some are left out, more than the limit are kept. */
function withSign({ values }: Series, buckets: number, limit: number): Uint32Array {
  const kept = sample(values, buckets, limit);
  const isKept = new Set(kept);
  let nonFinite = 0;
  for (const index of kept) if (!Number.isFinite(values[index]!)) nonFinite++;
  let total = 0;
  for (let index = 0; index < values.length; index++) if (!Number.isFinite(values[index]!)) total++;
  if (total <= limit || nonFinite > limit) return kept;
  for (let index = 0; nonFinite <= limit; index++) {
    if (Number.isFinite(values[index]!) || isKept.has(index)) continue;
    isKept.add(index);
    nonFinite++;
  }
  return Uint32Array.from(isKept).sort();
}

export function countNonFinite(values: Float64Array): number {
  let count = 0;
  for (let index = 0; index < values.length; index++) if (!Number.isFinite(values[index]!)) count++;
  return count;
}
