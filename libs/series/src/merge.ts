import { emptySeries, isRising, joinPoints, pickPoints, slicePoints, type Series } from './numbers';

/** What one claim of a run logged at once. */
export interface Chunk extends Series {
  claim: number;
}

/**
 * Where each claim's points end (exclusive), from where its chunks begin. A claim replaces, from its first step on, all
 * that earlier claims logged: one that starts over replaces everything, one that resumes keeps what came before.
 */
export function claimLimits(chunks: Iterable<{ claim: number; firstStep: number }>): ReadonlyMap<number, number> {
  const begin = new Map<number, number>();
  for (const { claim, firstStep } of chunks) if (firstStep < (begin.get(claim) ?? Number.POSITIVE_INFINITY)) begin.set(claim, firstStep);
  const limits = new Map<number, number>();
  let lowest = Number.POSITIVE_INFINITY;
  for (const claim of [...begin.keys()].sort((a, b) => b - a)) {
    limits.set(claim, lowest);
    lowest = Math.min(lowest, begin.get(claim)!);
  }
  return limits;
}

/** One series, by step, from chunks in order of arrival. Within a claim a step logged again replaces itself. */
export function mergeChunks(chunks: readonly Chunk[]): Series {
  const limits = claimLimits(chunks.map(({ claim, steps }) => ({ claim, firstStep: leastOf(steps) })));
  return mergeSeries(chunks.map((chunk) => before(chunk, limits.get(chunk.claim)!)));
}

/** One series, by step; a point replaces those of the same step before it. */
export function mergeSeries(parts: readonly Series[]): Series {
  const filled = parts.filter(({ steps }) => steps.length > 0);
  if (filled.length === 0) return emptySeries();
  const all = joinPoints(filled);
  const { steps } = all;
  if (isRising(steps)) return all;
  // Stable: of equal steps the later one comes last, and stays.
  const order = Uint32Array.from(steps, (_, index) => index).sort((a, b) => steps[a]! - steps[b]! || a - b);
  let kept = 0;
  for (let index = 0; index < order.length; index++) {
    if (index + 1 < order.length && steps[order[index]!] === steps[order[index + 1]!]) continue;
    order[kept++] = order[index]!;
  }
  return pickPoints(all, order.subarray(0, kept));
}

/** The points whose step lies before the limit. */
export function before<Points extends Series>(series: Points, limit: number): Series {
  const { steps } = series;
  if (isRising(steps)) {
    const end = findStep(steps, limit);
    return end === steps.length ? series : slicePoints(series, 0, end);
  }
  return pickPoints(series, Array.from(steps.keys()).filter((index) => steps[index]! < limit));
}

/** Index of the first step that is at least this one, in rising steps. */
export function findStep(steps: Float64Array, step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function leastOf(column: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < column.length; index++) if (column[index]! < least) least = column[index]!;
  return least;
}

export function greatestOf(column: Float64Array): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < column.length; index++) if (column[index]! > greatest) greatest = column[index]!;
  return greatest;
}
