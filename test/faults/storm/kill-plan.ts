import type { RandomStream } from '../random';

/**
 * 'parts': everything under the supervisor, at once. 'everything': the supervisor too, as when a machine loses its power;
 * it is started again.
 */
export type Victim = 'trainer' | 'executor' | 'api' | 'postgres' | 'parts' | 'everything';

export interface PlannedKill {
  victim: Victim;
  /** When: after so large a share of the workload's epochs … */
  progress: number;
  /** … and so many milliseconds more. */
  delayMs: number;
  /** Which of several, 0–1. */
  pick: number;
}

const weights: Record<Victim, number> = { trainer: 34, executor: 26, api: 14, postgres: 13, parts: 8, everything: 5 };

/** Spread over the work and not over the time, so that the storm covers the whole workload however fast the machine is. Every third hits while the one before is still being recovered from. */
export function planKills(kills: number, random: RandomStream): PlannedKill[] {
  let progress = 0;
  return Array.from({ length: kills }, (_, index) => {
    const follows = index > 0 && random.next() < 1 / 3;
    if (!follows) progress = (index + random.next()) / kills;
    const delayMs = Math.round(follows ? random.between(100, 10_000) : random.between(0, 500));
    // Short of the end: what is to be killed must still run.
    return { victim: random.choose(weights), progress: progress * 0.95, delayMs, pick: random.next() };
  });
}
