import type * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';
import type { Preprocessing } from '@thaw/model-zoo';
import type { Network, StagedNetwork } from '../network/network';
import { mixes, mixPictures, type Mix } from './augmentation/mix';
import { drawView, plainView } from './augmentation/view';
import type { FeatureStore } from './feature-store';
import { frozenFeatures } from './frozen-features';
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
  onComputing(): void;
  signal: AbortSignal;
}

/** Computes the frozen part of the network once per picture and view, so that every epoch reuses it. */
export async function stageInputs(options: StageInputsOptions): Promise<StageInputs> {
  const { source, staged, preprocessing, config, training } = options;
  const readPictures = pictureBatches(source, preprocessing);
  const place = { count: source.count, labels: source.labels };
  const { frozenPart, pooled } = staged;

  // Pictures are mixed before the network, so what is frozen sees a new batch every time.
  const reusable = staged.frozenUpTo > 0 && !(training && mixes(config));
  const features = reusable ? await frozenFeatures({ ...options, pooled, readPictures, frozenPart }) : null;
  if (features) return { ...place, batch: (indices, epoch) => features.batch(indices, epoch), dispose: features.dispose };

  return {
    ...place,
    async batch(indices, epoch, mix = null) {
      const augmented = training && epoch !== null;
      let value: tf.Tensor = await readPictures(indices, (index) => (augmented ? drawView(config, config.seed, epoch, index) : plainView));
      if (mix) value = replaced(value, mixPictures(value as tf.Tensor4D, mix));
      return staged.frozenUpTo > 0 ? replaced(value, frozenPart(value)) : value;
    },
    dispose: () => {},
  };
}

function replaced(old: tf.Tensor, value: tf.Tensor): tf.Tensor {
  old.dispose();
  return value;
}

export const range = (start: number, end: number): number[] => Array.from({ length: end - start }, (_, index) => start + index);
