import type { Hyperparameters } from '@thaw/config';

/** A stretch of epochs with the same layers frozen. */
export interface Stage {
  phase: 'head' | 'fine-tuning';
  /** At most. */
  epochs: number;
  /** How many blocks train, counted from the head; 0 is the head alone. */
  unfrozenBlocks: number;
  headRate: number;
  /** Rate of an unfrozen block: 0 is the one nearest the head, `blocks` − 1 the one nearest the picture. */
  blockRate(fromHead: number): number;
  /** Normalisation in unfrozen blocks follows the batches. */
  trainNorms: boolean;
  /** How much of its running statistics such a normalisation keeps at each batch, where it is not the layer's own. */
  normMomentum?: number;
  /** Where the stage lies in the epochs that one course of the learning-rate schedule spans. */
  schedule: { before: number; epochs: number };
}

/** The freeze strategy as stages, in order. `blocks` counts those that may train. */
export function planStages(config: Hyperparameters, blocks: number): Stage[] {
  const { epochs, learningRate, backboneLearningRate } = config;
  const stage = (given: Pick<Stage, 'unfrozenBlocks'> & Partial<Stage>): Stage => {
    const planned = { phase: 'fine-tuning' as const, epochs, headRate: learningRate, blockRate: () => backboneLearningRate, trainNorms: config.batchNorm === 'train', ...given };
    return { schedule: { before: 0, epochs: planned.epochs }, ...planned };
  };
  const head = (given: Partial<Stage> = {}) => stage({ phase: 'head', unfrozenBlocks: 0, ...given });

  // Statistics that start at nothing must arrive within a few epochs of a small dataset: PyTorch's momentum, because with Keras's 0.99 the first hundred steps are evaluated on what was there before.
  if (!config.pretrained) return [stage({ unfrozenBlocks: blocks, blockRate: () => learningRate, trainNorms: true, normMomentum: 0.9 })];
  const headEpochs = Math.min(config.headEpochs, Math.floor(epochs / 2));
  const falling = (fromHead: number) => discriminative(backboneLearningRate, fromHead, blocks);
  switch (config.freeze) {
    case 'head':
      return [head()];
    case 'last_blocks':
      return [stage({ unfrozenBlocks: Math.min(config.lastBlocks, blocks) })];
    case 'full':
      return [stage({ unfrozenBlocks: blocks })];
    case 'fine_tune':
      return [head({ epochs: headEpochs }), stage({ epochs: epochs - headEpochs, unfrozenBlocks: blocks, headRate: learningRate / 2, blockRate: falling })].filter(lasts);
    case 'gradual':
      return [head({ epochs: headEpochs }), ...thaw(config, epochs - headEpochs, blocks).map(({ unfrozenBlocks, before, lasting }) =>
        stage({ epochs: lasting, unfrozenBlocks, blockRate: falling, schedule: { before, epochs: epochs - headEpochs } }))].filter(lasts);
  }
}

const lasts = (stage: Stage) => stage.epochs > 0;

/** ULMFiT's gradual unfreezing: one more block each time, from the top; once all train, they do so for what is left. */
function thaw({ unfreezeEvery }: Hyperparameters, epochs: number, blocks: number) {
  const times = Math.max(1, Math.min(blocks, Math.ceil(epochs / unfreezeEvery)));
  return Array.from({ length: times }, (_, index) => {
    const before = index * unfreezeEvery;
    return { unfrozenBlocks: Math.min(index + 1, blocks), before, lasting: index === times - 1 ? epochs - before : unfreezeEvery };
  });
}

/** Geometric, from the given rate at the head down to a tenth of it at the picture: lower layers are more general. */
function discriminative(rate: number, fromHead: number, blocks: number): number {
  return blocks > 1 ? rate * 10 ** (-fromHead / (blocks - 1)) : rate;
}
