import type { Baseline, TransferGain } from '@thaw/training';

const keys: Record<Baseline, string> = { twin: 'transfer/gain_over_scratch', probe: 'transfer/gain_over_random_probe' };

/** The run's own figures, to sort runs by; a baseline without a gain has none. An empty object when there is no gain. */
export const gainMetrics = (gains: readonly TransferGain[]): Record<string, number> =>
  Object.fromEntries(gains.flatMap(({ baseline, gain }) => (gain === null ? [] : [[keys[baseline], gain]])));

/** "twin/val/loss" and so on: metrics of one epoch of a baseline. */
export const underBaseline = (baseline: Baseline, metrics: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).map(([key, value]) => [`${baseline}/${key}`, value]));
