import type { HyperparametersInput } from '@thaw/config';
import type { RandomStream } from '../random';

/** What the workload itself asks of a run, when its epochs have come so far. */
export interface Wish {
  atEpoch: number;
  wish: 'pause' | 'cancel' | 'finish';
}

export interface PlannedRun {
  name: string;
  /** Of configs: runs of the same one are compared with the same uninterrupted run. */
  config: string;
  wishes: Wish[];
  /** Of a paused run: what becomes of it. */
  afterPause: 'resume' | 'cancel';
}

export interface Workload {
  configs: Record<string, HyperparametersInput>;
  runs: PlannedRun[];
}

/** `epochs` is about how many the longest have. Every one has something that an inexact resume would show: order, dropout, moments, schedule. */
export function configsOf(epochs: number): Record<string, HyperparametersInput> {
  const whole = { batchSize: 8, epochs, earlyStopping: false } as const;
  const quick = { ...whole, epochs: epochs * 2 };
  return {
    full: { ...whole, freeze: 'full' },
    head: { ...quick, freeze: 'head', horizontalFlip: true, dropout: 0.5 },
    'last blocks': { ...whole, freeze: 'last_blocks', lastBlocks: 2, optimizer: 'sgd', nesterov: true, schedule: 'one_cycle' },
    gradual: { ...whole, freeze: 'gradual', headEpochs: Math.ceil(epochs / 4), unfreezeEvery: Math.ceil(epochs / 8), clipNorm: 1 },
    'fine-tune': { ...whole, freeze: 'fine_tune', headEpochs: Math.ceil(epochs / 3), optimizer: 'adamw', weightDecay: 0.01, schedule: 'cosine', warmupEpochs: 2 },
    augmented: { ...whole, freeze: 'full', rotation: 10, randomResizedCrop: true, mixup: 0.2, schedule: 'reduce_on_plateau', plateauPatience: 1, optimizer: 'rmsprop', learningRate: 1e-4 },
    'early stopping': { ...whole, freeze: 'full', epochs: epochs * 10, earlyStopping: true, monitor: 'train/loss', patience: 3, minDelta: 0.02, startFromEpoch: Math.ceil(epochs / 2) },
    gain: { ...whole, freeze: 'full', epochs: Math.ceil(epochs / 2), transferGain: 'both' },
  };
}

/** The same workload for the same seed: every config is used, and some runs are paused, cancelled or finished on their way. */
export function planWorkload({ runs, epochs, random }: { runs: number; epochs: number; random: RandomStream }): Workload {
  const configs = configsOf(epochs);
  const names = Object.keys(configs);
  const planned = Array.from({ length: runs }, (_, index): PlannedRun => {
    const config = names[index % names.length]!;
    const early = Math.ceil(random.between(0.2, 0.6) * Math.min(epochs, Number(configs[config]!.epochs)));
    const run: PlannedRun = { name: `${index + 1} ${config}`, config, wishes: [], afterPause: 'resume' };
    // Of every ten: three are paused, one of them for good, one is cancelled, one finished early.
    if ([2, 5].includes(index % 10)) run.wishes.push({ atEpoch: early, wish: 'pause' });
    else if (index % 10 === 7) Object.assign(run, { wishes: [{ atEpoch: early, wish: 'pause' }], afterPause: 'cancel' });
    else if (index % 10 === 8) run.wishes.push({ atEpoch: early, wish: 'cancel' });
    else if (index % 10 === 9) run.wishes.push({ atEpoch: early, wish: 'finish' });
    return run;
  });
  const used = new Set(planned.map(({ config }) => config));
  return { configs: Object.fromEntries(Object.entries(configs).filter(([name]) => used.has(name))), runs: planned };
}
