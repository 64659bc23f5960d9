import type { Hyperparameters } from '@thaw/config';

/** Watches one metric, as Keras's EarlyStopping does. Epochs count from 1. */
export type EarlyStoppingRule = Pick<Hyperparameters, 'earlyStopping' | 'monitor' | 'patience' | 'minDelta' | 'startFromEpoch'>;

export interface EarlyStoppingState {
  /** null until the first monitored epoch */
  best: number | null;
  bestEpoch: number | null;
  /** Monitored epochs since the last improvement. */
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
  if (improves(rule, state.best, value)) return { state: { best: value, bestEpoch: epoch, wait: 0 }, keep: true, stop: false };
  // Keras keeps the first monitored epoch's weights even when its value is NaN, so that there is something to restore.
  const first = state.bestEpoch === null;
  const next = { ...state, bestEpoch: state.bestEpoch ?? epoch, wait: state.wait + 1 };
  return { state: next, keep: first, stop: rule.earlyStopping && next.wait >= rule.patience && epoch > 1 };
}

/** After unfreezing the network deserves its full patience again; the best epoch so far still counts. */
export function withFreshPatience(state: EarlyStoppingState): EarlyStoppingState {
  return { ...state, wait: 0 };
}

function improves(rule: EarlyStoppingRule, best: number | null, value: number): boolean {
  if (Number.isNaN(value)) return false;
  if (best === null) return true;
  return rule.monitor === 'val/loss' ? value + rule.minDelta < best : value - rule.minDelta > best;
}
