import { isBetter, type Monitored } from '../monitored';

/** Keras's ReduceLROnPlateau: what the learning rate is multiplied by when the monitored metric stands still. */
export interface PlateauRule extends Monitored {
  factor: number;
  patience: number;
  minDelta: number;
  /** Epochs after a lowering that do not count. */
  cooldown: number;
  /** The factor goes no lower. */
  lowest: number;
}

export interface PlateauState {
  /** On every learning rate, from now on. */
  factor: number;
  best: number | null;
  wait: number;
  cooldown: number;
}

export const noPlateau: PlateauState = { factor: 1, best: null, wait: 0, cooldown: 0 };

export function observePlateau(rule: PlateauRule, state: PlateauState, value: number): PlateauState {
  const cooled = state.cooldown > 0;
  const next = cooled ? { ...state, cooldown: state.cooldown - 1, wait: 0 } : { ...state };
  if (isBetter(rule, value, next.best, rule.minDelta)) return { ...next, best: value, wait: 0 };
  if (next.cooldown > 0) return next;
  next.wait += 1;
  if (next.wait < rule.patience || next.factor <= rule.lowest) return next;
  return { ...next, factor: Math.max(next.factor * rule.factor, rule.lowest), cooldown: rule.cooldown, wait: 0 };
}
