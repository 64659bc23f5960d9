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
}

/** The freeze strategy as stages, in order. */
export function planStages(config: Hyperparameters, blocks: number): Stage[] {
  const whole = { epochs: config.epochs, headRate: config.learningRate, trainNorms: config.batchNorm === 'train' };
  const head: Stage = { ...whole, phase: 'head', unfrozenBlocks: 0, blockRate: () => 0 };
  const evenly = () => config.backboneLearningRate;

  if (!config.pretrained) return [{ ...whole, phase: 'fine-tuning', unfrozenBlocks: blocks, blockRate: () => config.learningRate, trainNorms: true }];
  switch (config.freeze) {
    case 'head':
      return [head];
    case 'last_blocks':
      return [{ ...whole, phase: 'fine-tuning', unfrozenBlocks: Math.min(config.lastBlocks, blocks), blockRate: evenly }];
    case 'full':
      return [{ ...whole, phase: 'fine-tuning', unfrozenBlocks: blocks, blockRate: evenly }];
    case 'fine_tune': {
      const headEpochs = Math.min(config.headEpochs, Math.floor(config.epochs / 2));
      const thawed: Stage = {
        ...whole, phase: 'fine-tuning', epochs: config.epochs - headEpochs, unfrozenBlocks: blocks,
        headRate: config.learningRate / 2, blockRate: (fromHead) => discriminative(config.backboneLearningRate, fromHead, blocks),
      };
      return [{ ...head, epochs: headEpochs }, thawed].filter(({ epochs }) => epochs > 0);
    }
  }
}

/** Geometric, from the given rate at the head down to a tenth of it at the picture: lower layers are more general. */
function discriminative(rate: number, fromHead: number, blocks: number): number {
  return blocks > 1 ? rate * 10 ** (-fromHead / (blocks - 1)) : rate;
}
