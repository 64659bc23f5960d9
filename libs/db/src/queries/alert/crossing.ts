import type { Series } from '@thaw/series';

export interface Threshold {
  direction: 'ABOVE' | 'BELOW';
  threshold: number;
  /** Consecutive points that must lie beyond. */
  points: number;
}

/** How far a series has been followed. */
export interface Followed {
  /** The highest step seen. */
  step: number | null;
  /** Points beyond the threshold in a row, up to that step, and the step they began with. */
  streak: number;
  since: number | null;
  told: boolean;
}

export interface Crossing {
  /** The point that made it one. */
  step: number;
  value: number;
  /** The first of the points in a row. */
  since: number;
}

export const isBeyond = (value: number, { direction, threshold }: Pick<Threshold, 'direction' | 'threshold'>): boolean =>
  direction === 'ABOVE' ? value > threshold : value < threshold;

/**
 * Each time the series comes to lie beyond the threshold, once. Points at steps seen before are not looked at again, so
 * that a run that resumes and logs an epoch anew crosses nothing twice. NaN lies beyond nothing, and ends a streak.
 */
export function follow(before: Followed, { steps, values }: Series, rule: Threshold): { after: Followed; crossings: Crossing[] } {
  const after: Followed = { step: before.step, streak: before.streak, since: before.since, told: before.told };
  const crossings: Crossing[] = [];
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]!;
    const value = values[index]!;
    if (after.step !== null && step <= after.step) continue;
    after.step = step;
    if (!isBeyond(value, rule)) {
      Object.assign(after, { streak: 0, since: null, told: false });
      continue;
    }
    if (after.streak++ === 0) after.since = step;
    if (after.told || after.streak < rule.points) continue;
    after.told = true;
    crossings.push({ step, value, since: after.since! });
  }
  return { after, crossings };
}
