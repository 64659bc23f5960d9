/** A learning-rate range test: the smoothed loss while the rate grows from step to step. */
export interface LearningRateCurve {
  rates: number[];
  losses: number[];
}

/**
 * fastai's "valley": within the longest falling run of losses (not necessarily neighbours), the rate half-way through
 * its middle third. The first tenth of `planned` steps and the last five do not count. null when the loss never falls.
 */
export function suggestLearningRate({ rates, losses }: LearningRateCurve, planned: number): number | null {
  const first = Math.floor(planned / 10);
  const watched = losses.slice(first, -5);
  const { start, end } = longestFall(watched);
  if (end <= 0) return null;
  const third = (end - start) / 3;
  return rates[first + Math.max(0, start + Math.floor(third) + Math.floor(third / 2))]!;
}

/** The longest falling subsequence; `start` lies one before as many places as it has values, which is how fastai counts. */
function longestFall(losses: readonly number[]): { start: number; end: number } {
  const lengths = losses.map(() => 1);
  let [start, end] = [0, 0];
  for (let i = 1; i < losses.length; i++) {
    for (let j = 0; j < i; j++) {
      if (losses[i]! < losses[j]! && lengths[i]! < lengths[j]! + 1) lengths[i] = lengths[j]! + 1;
      if (lengths[end]! < lengths[i]!) {
        end = i;
        start = end - lengths[end]!;
      }
    }
  }
  return { start, end };
}
