import type { Hyperparameters } from '@thaw/config';

/** What the time of a run depends on. */
export interface Wanted {
  backboneId: string;
  /** Pictures a second that the backbone goes through forward, as the catalogue measured it; null when nobody did. */
  speed: number | null;
  datasetId: string;
  versionId: string;
  train: number;
  val: number;
  config: Hyperparameters;
  /** Whether an earlier run had computed its features. */
  featuresKept: boolean;
}

/** A stretch of epochs that cost the same each, as the trainer plans them (libs/training, planStages). */
export interface StageWork {
  /** Stages of one kind take alike per picture: which layers run anew in every epoch, and which learn. */
  kind: string;
  /** Behind these epochs the stage ends, counted over the whole run. */
  until: number;
}

/** What each epoch of a run does. What is frozen is computed once, unless mixed pictures are different ones in every batch. */
export function workOf(config: Hyperparameters): StageWork[] {
  const { epochs, freeze } = config;
  const frozen = config.mixup > 0 || config.cutmix > 0 ? 'head on mixed pictures' : 'head';
  if (!config.pretrained) return [{ kind: 'full', until: epochs }];
  const headEpochs = Math.min(config.headEpochs, Math.floor(epochs / 2));
  switch (freeze) {
    case 'head':
      return [{ kind: frozen, until: epochs }];
    case 'last_blocks':
      return [{ kind: `last ${config.lastBlocks}`, until: epochs }];
    case 'full':
      return [{ kind: 'full', until: epochs }];
    case 'fine_tune':
      return [{ kind: frozen, until: headEpochs }, { kind: 'full', until: epochs }];
    case 'gradual':
      return [{ kind: frozen, until: headEpochs }, { kind: 'gradual', until: epochs }];
  }
}

/** Epochs of each kind, when so many are trained. */
export function epochsByKind(config: Hyperparameters, epochs: number): Map<string, number> {
  const byKind = new Map<string, number>();
  let before = 0;
  for (const { kind, until } of workOf(config)) {
    const here = Math.max(0, Math.min(until, epochs) - before);
    if (here > 0) byKind.set(kind, (byKind.get(kind) ?? 0) + here);
    before = Math.max(before, until);
  }
  return byKind;
}

/** Pictures an epoch costs: those it learns from go forward and back, about three times the work of one that is only looked at. */
export const epochPictures = ({ train, val }: { train: number; val: number }): number => Math.max(1, train + val / 3);

/** Times a picture goes through what is frozen before training begins. */
export function featurePictures(config: Hyperparameters, { train, val }: { train: number; val: number }): number {
  const { horizontalFlip, augmentedViews } = config;
  return Math.max(1, train * (drawsByChance(config) ? augmentedViews : horizontalFlip ? Math.min(2, augmentedViews) : 1) + val);
}

/** Beyond a flip, which has two views only. */
const drawsByChance = ({ randomResizedCrop, rotation, brightness, contrast, saturation }: Hyperparameters): boolean => randomResizedCrop || rotation > 0 || brightness > 0 || contrast > 0 || saturation > 0;

/** What names the features a run computes first, where it keeps layers frozen: the next run with the same name finds them on the trainer's disk. null: none are kept. */
export function featuresOf({ config, backboneId, versionId }: { config: Hyperparameters; backboneId: string; versionId: string }): string | null {
  const { kind } = workOf(config)[0]!;
  if (kind === 'full' || config.mixup > 0 || config.cutmix > 0) return null;
  const { horizontalFlip, randomResizedCrop, cropScale, cropRatio, rotation, brightness, contrast, saturation, augmentedViews, freezeUpTo } = config;
  const varied = drawsByChance(config) || horizontalFlip;
  // Random views are drawn from the seed.
  return JSON.stringify([backboneId, versionId, kind, freezeUpTo, varied && [config.seed, horizontalFlip, randomResizedCrop, cropScale, cropRatio, rotation, brightness, contrast, saturation, augmentedViews]]);
}
