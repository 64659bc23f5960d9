import type { Hyperparameters } from '@thaw/config';

/** Which metric is watched, and which way is up. */
export type Monitored = Pick<Hyperparameters, 'monitor' | 'mode'>;

/** By more than minDelta. NaN is never better; null stands for the worst value there is. */
export function isBetter(watched: Monitored, value: number, than: number | null, minDelta: number): boolean {
  return rises(watched) ? value - minDelta > (than ?? -Infinity) : value + minDelta < (than ?? Infinity);
}

/** Keras's mode: auto takes accuracies to be better when higher and everything else when lower. */
function rises({ monitor, mode }: Monitored): boolean {
  return mode === 'auto' ? monitor.endsWith('accuracy') : mode === 'max';
}
