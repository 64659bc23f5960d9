import type { Hyperparameters } from '@thaw/config';

export interface ScheduleTime {
  /** from 0 */
  step: number;
  /** Steps of the whole stretch the schedule spans. */
  steps: number;
  stepsPerEpoch: number;
}

type ScheduleRule = Pick<Hyperparameters, 'schedule' | 'warmupEpochs' | 'decayEpochs' | 'decayRate'>;

/**
 * Factor on every learning rate at one step. `lowest` is the factor cosine ends with. The formulas are PyTorch's:
 * CosineAnnealingLR, StepLR, OneCycleLR (without its cycle of momenta), and LinearLR before them as torchvision's
 * reference training warms up: the schedule itself begins when the warm-up is over.
 */
export function rateFactor(rule: ScheduleRule, { step, steps, stepsPerEpoch }: ScheduleTime, lowest = 0): number {
  if (rule.schedule === 'one_cycle') return oneCycle(step, steps);
  const warmup = Math.min(Math.round(rule.warmupEpochs * stepsPerEpoch), steps - 1);
  if (step < warmup) return 0.01 + (0.99 * step) / warmup;
  switch (rule.schedule) {
    case 'cosine':
      return anneal(1, lowest, (step - warmup) / (steps - warmup));
    case 'step':
      return rule.decayRate ** Math.floor((step - warmup) / (rule.decayEpochs * stepsPerEpoch));
    default:
      return 1;
  }
}

/** From a 25th up to 1 over three tenths of the steps, then down to a 250,000th. */
function oneCycle(step: number, steps: number): number {
  const peak = Math.max(0, 0.3 * steps - 1);
  const fall = steps - 1 - peak;
  if (step < peak) return anneal(1 / 25, 1, step / peak);
  return fall > 0 ? anneal(1, 1 / 25e4, (step - peak) / fall) : 1;
}

/** Half a cosine from one value to another, `part` of the way. */
function anneal(from: number, to: number, part: number): number {
  return to + ((from - to) / 2) * (1 + Math.cos(Math.PI * part));
}
