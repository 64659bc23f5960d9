import type { Series } from './numbers';

/** What one attempt of a run logged at once. */
export interface Chunk extends Series {
  attempt: number;
}

/**
 * One series, by step, from chunks in order of arrival. An attempt replaces, from its first step on, all that
 * earlier attempts logged: one that starts over replaces everything, one that resumes keeps what came before.
 * Within an attempt a step logged again replaces itself.
 */
export function mergeChunks(chunks: readonly Chunk[]): Series {
  const firstStep = new Map<number, number>();
  for (const { attempt, steps } of chunks) {
    for (const step of steps) if (step < (firstStep.get(attempt) ?? Number.POSITIVE_INFINITY)) firstStep.set(attempt, step);
  }
  const attempts = [...firstStep.keys()].sort((a, b) => b - a);
  // Steps an attempt keeps lie before the first step of every later one.
  const limit = new Map<number, number>();
  let lowest = Number.POSITIVE_INFINITY;
  for (const attempt of attempts) {
    limit.set(attempt, lowest);
    lowest = Math.min(lowest, firstStep.get(attempt)!);
  }
  const byStep = new Map<number, { time: number; value: number }>();
  let ordered = true;
  let previous = Number.NEGATIVE_INFINITY;
  for (const { attempt, steps, times, values } of chunks) {
    const end = limit.get(attempt) ?? Number.POSITIVE_INFINITY;
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
