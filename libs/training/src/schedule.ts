import type { Hyperparameters } from '@thaw/config';

/** Factor on every learning rate at one step (from 0) of a stage. */
export function rateFactor(schedule: Hyperparameters['schedule'], step: number, steps: number): number {
  return schedule === 'cosine' ? 0.5 * (1 + Math.cos((Math.PI * step) / steps)) : 1;
}
