import type { ModelFile } from '../save-model';

/** All that is needed to go on with a run as if nothing had happened; its bytes belong to whoever gets it. */
export interface Checkpoint {
  /** Finished epochs; within an epoch, the one under way. Those of baselines count on from the run's own, so that later is always further. */
  epoch: number;
  /** Batches of that epoch that are done; 0 at its end. */
  batch: number;
  /** At the end of the epoch that is the best so far. */
  best: boolean;
  /**
   * checkpoint.json says where training stands, best.safetensors holds the weights the run would end with now, and
   * current.safetensors the rest: weights under way, the optimizer's memory. What did not change gives the same bytes
   * again. Only weights that train are there, so the backbone is needed as well.
   */
  files: ModelFile[];
  /** What the run was at: its own training, which is over when a baseline trains. */
  during: 'training' | 'probe' | 'twin';
}

/** What a checkpoint was made with, when it is continued. */
export interface ResumedFrom extends Pick<Checkpoint, 'epoch' | 'batch'> {
  /** Numbers are equal to the last bit on the same one, and to rounding on another. */
  backend: string;
}

/** A checkpoint that cannot be continued. Nothing is wrong with the run: it may start from the beginning. */
export class CheckpointUnfit extends Error {
  override name = 'CheckpointUnfit';

  constructor(readonly reason: 'damaged' | 'version' | 'config' | 'classes' | 'pictures' | 'backbone', why: string) {
    super(`The checkpoint cannot be continued: ${why}`);
  }
}

/** Why a signal was aborted, as far as it matters here: after these the run goes on another time. */
export function goesOnLater(reason: unknown): boolean {
  const kind = (reason as { kind?: unknown } | null)?.kind;
  return kind === 'shutdown' || kind === 'paused';
}
