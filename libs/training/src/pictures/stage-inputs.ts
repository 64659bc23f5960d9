import type * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';
import type { Preprocessing } from '@thaw/model-zoo';
import type { Network, StagedNetwork } from '../network/network';
import type { BetweenBatches } from '../between-batches';
import { mixes, mixPictures, type Mix } from './augmentation/mix';
import { drawView, plainView } from './augmentation/view';
import type { FeatureStore } from './feature-store';
import { frozenFeatures, viewsOf } from './frozen-features';
import type { MemoryBudget } from './memory-budget';
import { pictureBatches } from './picture-batches';
import type { PictureSource } from './picture-source';

/** The pictures, as far through the network as it is frozen. */
export interface StageInputs {
  count: number;
  labels: Int32Array;
  /**
   * What the trained part of the network reads for these pictures; the caller disposes of it. Training pictures are
   * augmented as the epoch has them, and mixed when `mix` says so.
   */
  batch(indices: readonly number[], epoch: number | null, mix?: Mix | null): Promise<tf.Tensor>;
  /** Milliseconds that preparing batches kept this thread from anything else, so far. */
  busyMs(): number;
  /** Whether what is frozen was computed once for all epochs. It decides which views of the pictures training sees. */
  reused: boolean;
  dispose(): void;
}

/** Where frozen features are kept between runs, and the digest of the backbone's files they depend on. */
export interface FeatureCache {
  store: FeatureStore;
  backbone: string;
}

export interface StageInputsOptions {
  source: PictureSource;
  network: Network;
  staged: StagedNetwork;
  preprocessing: Preprocessing;
  config: Hyperparameters;
  /** Training pictures are augmented; validation pictures are seen as they are. */
  training: boolean;
  memory: MemoryBudget;
  features?: FeatureCache;
  /** Whether what is frozen is to be computed once, as the run that is continued had it; undefined: where there is room. */
  reuse?: boolean;
  onComputing(): void;
  betweenBatches: BetweenBatches;
}

/** Computes the frozen part of the network once per picture and view, so that every epoch reuses it. */
export async function stageInputs(options: StageInputsOptions): Promise<StageInputs> {
  const { source, staged, preprocessing, config, training } = options;
  let busyMs = 0;
  const busy = <T>(work: () => T): T => {
    const started = performance.now();
    const done = work();
    busyMs += performance.now() - started;
    return done;
  };
  const readPictures = pictureBatches(source, preprocessing, busy);
  const place = { count: source.count, labels: source.labels, busyMs: () => busyMs };
  const { frozenPart, pooled } = staged;

  // Pictures are mixed before the network, so what is frozen sees a new batch every time.
  const reusable = staged.frozenUpTo > 0 && !(training && mixes(config)) && options.reuse !== false;
  const features = reusable ? await frozenFeatures({ ...options, pooled, readPictures, frozenPart }) : null;
  if (features) return { ...place, reused: true, batch: (indices, epoch) => features.batch(indices, epoch), dispose: features.dispose };

  // Continued where there is less room than before: the same views, computed for each batch. Only the last bits of a number differ.
  const viewOf = options.reuse ? viewsOf(options) : (index: number, epoch: number) => drawView(config, config.seed, epoch, index);
  return {
    ...place,
    reused: options.reuse ?? false,
    async batch(indices, epoch, mix = null) {
      const pictures = await readPictures(indices, (index) => (training && epoch !== null ? viewOf(index, epoch) : plainView));
      return busy(() => {
        const mixed = mix ? replaced(pictures, mixPictures(pictures, mix)) : pictures;
        return staged.frozenUpTo > 0 ? replaced(mixed, frozenPart(mixed)) : mixed;
      });
    },
    dispose: () => {},
  };
}

function replaced<T extends tf.Tensor>(old: tf.Tensor, value: T): T {
  old.dispose();
  return value;
}

export const range = (start: number, end: number): number[] => Array.from({ length: end - start }, (_, index) => start + index);
