import type { Hyperparameters } from '@thaw/config';
import { isBetter, type Monitored } from './monitored';

/** Watches one metric, as Keras's EarlyStopping does (tested against it). Epochs count from 1. */
export type EarlyStoppingRule = Monitored & Pick<Hyperparameters, 'earlyStopping' | 'patience' | 'minDelta' | 'baseline' | 'startFromEpoch'>;

export interface EarlyStoppingState {
  /** null until a monitored epoch was better than nothing at all */
  best: number | null;
  /** null until the first monitored epoch */
  bestEpoch: number | null;
  /** Monitored epochs since the last improvement; an improvement that stays behind the baseline counts as waiting. */
  wait: number;
}

export const notStarted: EarlyStoppingState = { best: null, bestEpoch: null, wait: 0 };

export interface EarlyStoppingVerdict {
  state: EarlyStoppingState;
  /** The weights of this epoch are the ones to keep. */
  keep: boolean;
  stop: boolean;
}

export function observeEpoch(rule: EarlyStoppingRule, state: EarlyStoppingState, epoch: number, value: number): EarlyStoppingVerdict {
  if (epoch <= rule.startFromEpoch) return { state, keep: false, stop: false };
  const wait = state.wait + 1;
  if (isBetter(rule, value, state.best, rule.minDelta)) {
    const reached = rule.baseline === undefined || isBetter(rule, value, rule.baseline, rule.minDelta);
    return { state: { best: value, bestEpoch: epoch, wait: reached ? 0 : wait }, keep: true, stop: false };
  }
  // Keras keeps the first monitored epoch's weights even when its value is NaN, so that there is something to restore.
  const first = state.bestEpoch === null;
  const next = { ...state, bestEpoch: state.bestEpoch ?? epoch, wait };
  return { state: next, keep: first, stop: rule.earlyStopping && wait >= rule.patience && epoch > 1 };
}

/** After unfreezing the network deserves its full patience again; the best epoch so far still counts. */
export function withFreshPatience(state: EarlyStoppingState): EarlyStoppingState {
  return { ...state, wait: 0 };
}
