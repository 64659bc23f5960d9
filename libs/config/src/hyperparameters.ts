import { z } from 'zod';

/** What the launch form and the docs say about one hyperparameter. */
export type HyperparameterNote = {
  label: string;
  help: string;
  group: HyperparameterGroup;
  unit?: string;
  /** The field matters only while every named hyperparameter has one of the listed values. */
  onlyWhen?: Record<string, readonly (string | boolean)[]>;
};

export const hyperparameterGroups = ['Transfer', 'Optimisation', 'Early stopping', 'Regularisation', 'Data', 'Checkpoints'] as const;
export type HyperparameterGroup = (typeof hyperparameterGroups)[number];

const note = (meta: HyperparameterNote) => meta;

/**
 * Every hyperparameter of a run: its type, limits, default and words. The API validates with it, the trainer
 * reads its output, the launch form and the docs are generated from it. Defaults suit a few hundred pictures.
 */
export const hyperparametersSchema = z.strictObject({
  pretrained: z.boolean().default(true).meta(note({
    label: 'Pretrained weights', group: 'Transfer',
    help: 'Start from the backbone’s pretrained weights. Off trains the same architecture from scratch.',
  })),
  freeze: z.enum(['head', 'last_blocks', 'full', 'gradual', 'fine_tune']).default('head').meta(note({
    label: 'Freeze strategy', group: 'Transfer',
    help: 'head: only the new head trains. last_blocks: the head and the top blocks. full: everything. gradual: the head first, then one more block at a time from the top. fine_tune: the head first, then everything at lower rates.',
  })),
  lastBlocks: z.int().min(1).max(100).default(1).meta(note({
    label: 'Blocks to unfreeze', group: 'Transfer', help: 'How many blocks, counted from the head, train with it.',
    onlyWhen: { freeze: ['last_blocks'], pretrained: [true] },
  })),
  headEpochs: z.int().min(1).max(1000).default(10).meta(note({
    label: 'Head epochs', group: 'Transfer', unit: 'epochs', help: 'Epochs with a frozen backbone before anything is unfrozen, at most half of all epochs. They are quick: what is frozen is computed once.',
    onlyWhen: { freeze: ['gradual', 'fine_tune'], pretrained: [true] },
  })),
  unfreezeEvery: z.int().min(1).max(1000).default(2).meta(note({
    label: 'Unfreeze every', group: 'Transfer', unit: 'epochs', help: 'Epochs before one more block is unfrozen.',
    onlyWhen: { freeze: ['gradual'], pretrained: [true] },
  })),
  freezeUpTo: z.string().min(1).max(200).optional().meta(note({
    label: 'Keep frozen up to', group: 'Transfer', help: 'A block of the backbone, or layer:NAME, that stays frozen with everything before it, whatever the strategy unfreezes.',
    onlyWhen: { freeze: ['last_blocks', 'full', 'gradual', 'fine_tune'], pretrained: [true] },
  })),
  backboneLearningRate: z.number().gt(0).max(10).default(2e-4).meta(note({
    label: 'Backbone learning rate', group: 'Transfer', help: 'Rate of the unfrozen pretrained layers, usually a fifth of the head’s or less. fine_tune lowers it towards the picture, down to a tenth of this.',
    onlyWhen: { freeze: ['last_blocks', 'full', 'gradual', 'fine_tune'], pretrained: [true] },
  })),
  batchNorm: z.enum(['frozen', 'train']).default('frozen').meta(note({
    label: 'Batch normalisation', group: 'Transfer', help: 'frozen keeps the pretrained statistics in unfrozen layers too, which suits small datasets. Training from scratch always trains them.',
    onlyWhen: { freeze: ['last_blocks', 'full', 'gradual', 'fine_tune'], pretrained: [true] },
  })),
  transferGain: z.enum(['off', 'probe', 'twin', 'both']).default('off').meta(note({
    label: 'Transfer gain', group: 'Transfer',
    help: 'What pretraining bought. probe: also trains a head on a random, frozen backbone, quickly. twin: also trains the whole network from scratch for as many epochs.',
    onlyWhen: { pretrained: [true] },
  })),
  optimizer: z.enum(['adam', 'adamw', 'sgd', 'rmsprop']).default('adam').meta(note({
    label: 'Optimizer', group: 'Optimisation', help: 'sgd uses the momentum below.',
  })),
  learningRate: z.number().gt(0).max(10).default(1e-3).meta(note({
    label: 'Learning rate', group: 'Optimisation', help: 'Rate of the new head, and of every layer when training from scratch.',
  })),
  findLearningRate: z.boolean().default(false).meta(note({
    label: 'Find the learning rate', group: 'Optimisation', help: 'Try 100 steps at growing rates before training and take the one where the loss falls best instead of the learning rate above; the backbone’s changes in proportion.',
  })),
  momentum: z.number().min(0).lt(1).default(0.9).meta(note({
    label: 'Momentum', group: 'Optimisation', help: 'Used by sgd only.', onlyWhen: { optimizer: ['sgd'] },
  })),
  nesterov: z.boolean().default(false).meta(note({
    label: 'Nesterov momentum', group: 'Optimisation', help: 'Looks ahead along the momentum before each step.', onlyWhen: { optimizer: ['sgd'] },
  })),
  schedule: z.enum(['constant', 'cosine', 'step', 'one_cycle', 'reduce_on_plateau']).default('constant').meta(note({
    label: 'Schedule', group: 'Optimisation', help: 'cosine lowers the rate to zero, step by a factor every few epochs, one_cycle raises it first, reduce_on_plateau lowers it when the monitored metric stands still.',
  })),
  warmupEpochs: z.number().min(0).max(1000).default(0).meta(note({
    label: 'Warm-up', group: 'Optimisation', unit: 'epochs', help: 'Epochs, or a part of one, over which the rate rises evenly from a hundredth before the schedule begins.',
    onlyWhen: { schedule: ['constant', 'cosine', 'step', 'reduce_on_plateau'] },
  })),
  decayEpochs: z.int().min(1).max(10_000).default(10).meta(note({
    label: 'Decay every', group: 'Optimisation', unit: 'epochs', help: 'Epochs between two steps of the schedule.', onlyWhen: { schedule: ['step'] },
  })),
  decayRate: z.number().gt(0).lt(1).default(0.1).meta(note({
    label: 'Decay rate', group: 'Optimisation', help: 'What the learning rate is multiplied by each time it is lowered.', onlyWhen: { schedule: ['step', 'reduce_on_plateau'] },
  })),
  plateauPatience: z.int().min(0).max(1000).default(2).meta(note({
    label: 'Plateau patience', group: 'Optimisation', unit: 'epochs', help: 'Epochs without improvement before the rate is lowered, fewer than the patience of early stopping.',
    onlyWhen: { schedule: ['reduce_on_plateau'] },
  })),
  plateauCooldown: z.int().min(0).max(1000).default(0).meta(note({
    label: 'Plateau cooldown', group: 'Optimisation', unit: 'epochs', help: 'Epochs after a lowering that do not count as standing still.', onlyWhen: { schedule: ['reduce_on_plateau'] },
  })),
  minLearningRate: z.number().min(0).max(10).default(0).meta(note({
    label: 'Lowest rate', group: 'Optimisation', help: 'The schedule lowers the head’s rate no further than this, and the backbone’s in proportion.', onlyWhen: { schedule: ['cosine', 'reduce_on_plateau'] },
  })),
  clipNorm: z.number().min(0).max(1000).default(0).meta(note({
    label: 'Gradient clipping', group: 'Optimisation', help: 'All gradients together are shortened to this length when they are longer; 0 leaves them as they are.',
  })),
  batchSize: z.int().min(1).max(1024).default(32).meta(note({
    label: 'Batch size', group: 'Optimisation', unit: 'pictures', help: 'Pictures per step. Halve it when memory runs out.',
  })),
  epochs: z.int().min(1).max(10_000).default(30).meta(note({
    label: 'Epochs', group: 'Optimisation', unit: 'epochs', help: 'At most this many passes over the training pictures.',
  })),
  earlyStopping: z.boolean().default(true).meta(note({
    label: 'Early stopping', group: 'Early stopping', help: 'Stop when the monitored metric no longer improves.',
  })),
  monitor: z.enum(['val/accuracy', 'val/loss', 'train/accuracy', 'train/loss']).default('val/accuracy').meta(note({
    label: 'Monitor', group: 'Early stopping', help: 'The metric that decides which epoch is best.',
  })),
  mode: z.enum(['auto', 'min', 'max']).default('auto').meta(note({
    label: 'Better is', group: 'Early stopping', help: 'Whether a lower (min) or a higher (max) value is better; auto knows it from the metric.',
  })),
  patience: z.int().min(0).max(1000).default(5).meta(note({
    label: 'Patience', group: 'Early stopping', unit: 'epochs', help: 'Epochs without improvement before the run stops.',
    onlyWhen: { earlyStopping: [true] },
  })),
  minDelta: z.number().min(0).max(10).default(0).meta(note({
    label: 'Minimum change', group: 'Early stopping', help: 'A smaller change than this is no improvement.',
    onlyWhen: { earlyStopping: [true] },
  })),
  baseline: z.number().min(-1e6).max(1e6).optional().meta(note({
    label: 'Baseline', group: 'Early stopping', help: 'Epochs that do not get beyond this value count as waiting, even while they improve.',
    onlyWhen: { earlyStopping: [true] },
  })),
  startFromEpoch: z.int().min(0).max(1000).default(0).meta(note({
    label: 'Start from epoch', group: 'Early stopping', unit: 'epochs', help: 'Epochs to wait before monitoring starts.',
    onlyWhen: { earlyStopping: [true] },
  })),
  restoreBestWeights: z.boolean().default(true).meta(note({
    label: 'Restore best weights', group: 'Early stopping', help: 'End with the weights of the best epoch instead of the last.',
  })),
  dropout: z.number().min(0).lt(1).default(0.2).meta(note({
    label: 'Dropout', group: 'Regularisation', help: 'Share of the head’s inputs dropped while training.',
  })),
  weightDecay: z.number().min(0).max(1).default(0).meta(note({
    label: 'Weight decay', group: 'Regularisation', help: 'Decoupled for adamw, an L2 penalty on kernels otherwise.',
  })),
  labelSmoothing: z.number().min(0).lt(1).default(0).meta(note({
    label: 'Label smoothing', group: 'Regularisation', help: 'Share of the target spread evenly over all classes.',
  })),
  classWeight: z.enum(['none', 'balanced']).default('none').meta(note({
    label: 'Class weights', group: 'Regularisation', help: 'balanced makes every class count the same in the loss, however few pictures it has.',
  })),
  trainShare: z.number().gt(0).max(1).default(1).meta(note({
    label: 'Share of the pictures', group: 'Data', help: 'Share of the training pictures to train with, as many of each class and at least one; the seed chooses, and a smaller share is part of a larger one. Several values, such as 0.125, 0.25, 0.5 and 1, show whether more pictures would help.',
  })),
  horizontalFlip: z.boolean().default(false).meta(note({
    label: 'Horizontal flip', group: 'Data', help: 'Mirror half of the training pictures, when left and right carry no meaning.',
  })),
  randomResizedCrop: z.boolean().default(false).meta(note({
    label: 'Random crop', group: 'Data', help: 'Show a random part of each training picture, stretched to the whole.',
  })),
  cropScale: z.number().gt(0).max(1).default(0.35).meta(note({
    label: 'Smallest crop', group: 'Data', help: 'Smallest share of the picture’s area that a crop shows. torchvision’s scale starts at 0.08, which suits large datasets.',
    onlyWhen: { randomResizedCrop: [true] },
  })),
  cropRatio: z.number().min(1).max(4).default(4 / 3).meta(note({
    label: 'Crop ratio', group: 'Data', help: 'Width by height of a crop, and height by width, at most.', onlyWhen: { randomResizedCrop: [true] },
  })),
  rotation: z.number().min(0).max(180).default(0).meta(note({
    label: 'Rotation', group: 'Data', unit: 'degrees', help: 'Turn training pictures by up to this angle either way.',
  })),
  brightness: z.number().min(0).max(1).default(0).meta(note({
    label: 'Brightness jitter', group: 'Data', help: 'Brightness times a factor of 1 ± this, as torchvision’s ColorJitter.',
  })),
  contrast: z.number().min(0).max(1).default(0).meta(note({
    label: 'Contrast jitter', group: 'Data', help: 'Contrast times a factor of 1 ± this.',
  })),
  saturation: z.number().min(0).max(1).default(0).meta(note({
    label: 'Saturation jitter', group: 'Data', help: 'Saturation times a factor of 1 ± this.',
  })),
  augmentedViews: z.int().min(1).max(64).default(4).meta(note({
    label: 'Kept views', group: 'Data', help: 'Where layers are frozen, this many random views of each picture go through them once, and each epoch sees one of them. Horizontal flip alone has two.',
  })),
  mixup: z.number().min(0).max(10).default(0).meta(note({
    label: 'Mixup', group: 'Data', help: 'Blend pictures and labels in pairs, by a share from Beta(α, α) with this α; 0.2 is usual, 0 is off. What is frozen is then computed anew for every batch.',
  })),
  cutmix: z.number().min(0).max(10).default(0).meta(note({
    label: 'CutMix', group: 'Data', help: 'Paste a rectangle of one picture into another and mix their labels by area, with this α; 1 is usual, 0 is off. What is frozen is then computed anew for every batch.',
  })),
  mixProbability: z.number().min(0).max(1).default(1).meta(note({
    label: 'Mixed batches', group: 'Data', help: 'Share of batches that mixup or CutMix changes.',
  })),
  mixSwitchProbability: z.number().min(0).max(1).default(0.5).meta(note({
    label: 'CutMix share', group: 'Data', help: 'With both on, the share of mixed batches that CutMix gets.',
  })),
  seed: z.int().min(0).max(2 ** 31 - 1).default(1).meta(note({
    label: 'Seed', group: 'Data', help: 'Decides head weights, shuffling, dropout, augmentation, and which pictures a share of them are.',
  })),
  checkpointEveryMinutes: z.number().min(0.01).max(1440).default(5).meta(note({
    label: 'Checkpoint every', group: 'Checkpoints', unit: 'minutes', help: 'Also within an epoch that takes longer, so that a lost trainer costs no more than this; every epoch ends with one anyway. Numbers stay the same.',
  })),
  keepCheckpoints: z.enum(['best_and_latest', 'latest', 'all']).default('best_and_latest').meta(note({
    label: 'Keep checkpoints', group: 'Checkpoints', help: 'Of a run under way or paused. Each one holds the best weights, too; all keeps every epoch, which takes room.',
  })),
});

/** A whole, valid configuration, defaults filled in. */
export type Hyperparameters = z.output<typeof hyperparametersSchema>;
/** What a person or script gives: any subset. */
export type HyperparametersInput = z.input<typeof hyperparametersSchema>;
export type HyperparameterName = keyof Hyperparameters;
