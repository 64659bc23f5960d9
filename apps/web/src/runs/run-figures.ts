import type { RunRowFragment } from '../generated/graphql';

const metric = (run: Pick<RunRowFragment, 'metrics'>, key: string) => run.metrics.find((summary) => summary.key === key);
const final = (run: RunRowFragment, key: string) => run.finalMetrics.find((value) => value.key === key)?.value ?? null;

/** Accuracy of the restored best epoch; while it trains, the best so far. */
export const bestAccuracy = (run: RunRowFragment): number | null => final(run, 'val/accuracy') ?? metric(run, 'val/accuracy')?.max ?? null;

/** Epochs done, and how many were asked for. */
export function epochsOf(run: Pick<RunRowFragment, 'kind' | 'config' | 'epochs' | 'metrics'>): { done: number | null; limit: number | null } {
  // What the steps and the config of a script mean is not known.
  if (run.kind === 'EXTERNAL') return { done: null, limit: null };
  const limit = (run.config as { epochs?: number } | null)?.epochs ?? null;
  return { done: run.epochs ?? metric(run, 'val/accuracy')?.lastStep ?? metric(run, 'val/loss')?.lastStep ?? null, limit };
}

/** "frozen head", "last 2 blocks", "everything", "from scratch" in the words of the config. */
export function freezeOf({ kind, config }: Pick<RunRowFragment, 'kind' | 'config'>): string {
  if (kind === 'EXTERNAL') return '–';
  const { freeze, lastBlocks, pretrained } = (config ?? {}) as { freeze?: string; lastBlocks?: number; pretrained?: boolean };
  const strategy = freeze === 'last_blocks' ? `last_blocks: ${lastBlocks ?? 1}` : (freeze ?? '–');
  return pretrained === false ? 'from scratch' : strategy;
}
