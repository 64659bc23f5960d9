import type { CheckpointRetention } from '@thaw/client';

/**
 * Of the checkpoints that still wait, those that a newer one makes superfluous: all but the one of the best epoch, when the
 * newer one is not better.
 */
export function superseded<T extends { best: boolean }>(waiting: readonly T[], taken: { best: boolean }, keep: CheckpointRetention): T[] {
  if (keep === 'ALL') return [];
  return waiting.filter(({ best }) => !best || taken.best || keep === 'LATEST');
}
