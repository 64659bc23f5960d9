import type { Series } from './numbers';

/** What one claim of a run logged at once. */
export interface Chunk extends Series {
  claim: number;
}

/**
 * One series, by step, from chunks in order of arrival. A claim replaces, from its first step on, all that
 * earlier claims logged: one that starts over replaces everything, one that resumes keeps what came before.
 * Within a claim a step logged again replaces itself.
 */
export function mergeChunks(chunks: readonly Chunk[]): Series {
  const firstStep = new Map<number, number>();
  for (const { claim, steps } of chunks) {
    for (const step of steps) if (step < (firstStep.get(claim) ?? Number.POSITIVE_INFINITY)) firstStep.set(claim, step);
  }
  const claims = [...firstStep.keys()].sort((a, b) => b - a);
  // Steps a claim keeps lie before the first step of every later one.
  const limit = new Map<number, number>();
  let lowest = Number.POSITIVE_INFINITY;
  for (const claim of claims) {
    limit.set(claim, lowest);
    lowest = Math.min(lowest, firstStep.get(claim)!);
  }
  const byStep = new Map<number, { time: number; value: number }>();
  let ordered = true;
  let previous = Number.NEGATIVE_INFINITY;
  for (const { claim, steps, times, values } of chunks) {
    const end = limit.get(claim) ?? Number.POSITIVE_INFINITY;
    steps.forEach((step, index) => {
      if (step >= end) return;
      if (step <= previous) ordered = false;
      previous = step;
      byStep.set(step, { time: times[index]!, value: values[index]! });
    });
  }
  const entries = [...byStep];
  if (!ordered) entries.sort(([a], [b]) => a - b);
  return { steps: entries.map(([step]) => step), times: entries.map(([, { time }]) => time), values: entries.map(([, { value }]) => value) };
}
