import type { LoadedBackbone } from '@thaw/model-zoo';
import type { Hyperparameters } from '@thaw/config';
import { createBetweenBatches } from './between-batches';
import type { Checkpoint, ResumedFrom } from './checkpoint/checkpoint';
import { createCheckpoints, type Checkpoints } from './checkpoint/checkpoints';
import { identityOf } from './checkpoint/identity';
import { finishedEpochs, keptEpoch, type EpochTimes } from './checkpoint/progress';
import { openCheckpoint, type OpenCheckpoint } from './checkpoint/resume';
import { beginTraining } from './checkpoint/training';
import type { Diverged } from './diverged';
import type { Evaluation } from './evaluation';
import { FeatureCollector, type SeenFeatures } from './features/seen-features';
import type { FoundLearningRate } from './learning-rate-finder/find-learning-rate';
import { createNetwork, type Network } from './network/network';
import { openedOneByOne } from './open-stage';
import { memoryBudget } from './pictures/memory-budget';
import { remembered, type PictureSource } from './pictures/picture-source';
import type { FeatureCache } from './pictures/stage-inputs';
import { evaluate } from './run-epoch';
import { saveModel, type ModelFile } from './save-model';
import { planStages, type Stage } from './stages';
import { trainUntilOver } from './train-stages';

export type TrainingPhase = Stage['phase'] | `${Stage['phase']} (found learning rate ${string})`;
export type FineTunePhase = 'features' | 'finding the learning rate' | TrainingPhase | 'evaluating';

export interface FineTuneOptions {
  /** Taken over: its weights change; dispose() of the result, or an error, frees it. */
  backbone: LoadedBackbone;
  /** In the order of the model's outputs. */
  classes: string[];
  train: PictureSource;
  val: PictureSource;
  config: Hyperparameters;
  /** What may be kept in memory so as not to be computed or decoded again: frozen features, then pictures. */
  memoryBytes?: number;
  /** Keeps frozen features between runs. */
  features?: FeatureCache;
  onPhase?(phase: FineTunePhase): void;
  /** With findLearningRate, before the first epoch. */
  onLearningRateFound?(found: FoundLearningRate): void;
  onEpoch?(epoch: number, metrics: Record<string, number>): void | Promise<void>;
  /** Just before onEpoch. */
  onEpochTimes?(epoch: number, times: EpochTimes): void;
  /**
   * Files of a checkpoint of this run: it goes on there, and on the same backend comes to the same numbers, to the last
   * bit, as if it had not been interrupted. Throws CheckpointUnfit when it cannot. Other files beside them do no harm.
   */
  resumeFrom?: readonly ModelFile[];
  onResumed?(from: ResumedFrom): void;
  /** After every epoch's onEpoch, within long epochs, and before a run ends that goes on later. */
  onCheckpoint?(checkpoint: Checkpoint): void;
  /** Between two checkpoints within an epoch; by default what the configuration says. */
  checkpointEveryMs?: number;
  /** Awaited between batches of any kind, so that the caller may make training wait. */
  betweenBatches?(): Promise<void> | void;
  /** Ends training as early stopping does, within a batch: the best weights are restored, evaluated, and the result is EARLY_STOPPED. */
  finishEarly?: AbortSignal;
  /** Ends everything within a batch. With a reason whose `kind` is "shutdown" or "paused", a last checkpoint is taken first. */
  signal?: AbortSignal;
}

export interface FineTuned {
  /** ERROR: training broke off after at least one epoch; the model is the best one before it did. */
  endReason: 'COMPLETED' | 'EARLY_STOPPED' | 'CANCELLED' | 'ERROR';
  /** Where training broke off, and what to try; null when it did not. */
  error: string | null;
  /** The epoch whose weights the model has: the best one, or the last one without restoreBestWeights. 0 when none was finished. */
  bestEpoch: number;
  /** Finished epochs. */
  epochs: number;
  /** At bestEpoch; of a run that was finished before its first epoch, of its evaluation alone. */
  metrics: Record<string, number>;
  /** The validation pictures as the model sees them. Of a run cancelled before its first epoch: nothing. */
  evaluation: Evaluation;
  /** What the last layer read of the validation pictures, of at most 2,000 of them; null when they were not evaluated. */
  features: SeenFeatures | null;
  /** Of the checkpoint taken when training was over: all it takes to have this result again. Empty when it was not, or without onCheckpoint. */
  checkpoint: readonly ModelFile[];
  saveModel(): Promise<ModelFile[]>;
  dispose(): void;
}

/** Of a run cancelled before its first epoch. */
const noEvaluation: Evaluation = { loss: Number.NaN, accuracy: Number.NaN, top5Accuracy: null, probabilities: new Float32Array(0), correct: new Uint8Array(0) };

/** Puts a new head on a pretrained backbone and trains as much of it as the configuration unfreezes. */
export async function fineTune(options: FineTuneOptions): Promise<FineTuned> {
  const { backbone, classes, config, features, onPhase, signal = new AbortController().signal } = options;
  const { network, saved } = takeOver(options);
  const training = beginTraining(network, config);
  const { progress, bestWeights } = training;
  const stages = openedOneByOne({ network, backbone, config, features, onPhase, ...sourcesInMemory(options) });
  let checkpoints: Checkpoints | null = null;
  let problem: Diverged | null = null;
  let evaluation: Evaluation | null = null;
  const collector = new FeatureCollector(options.val.count);

  try {
    checkPictures(options);
    saved?.restore(training);
    if (saved) options.onResumed?.(saved.from);
    checkpoints = createCheckpoints({ training, identity: identityOf(options), every: options.checkpointEveryMs ?? config.checkpointEveryMinutes * 60_000, onCheckpoint: options.onCheckpoint });
    const plan = planStages(config, network.blocks);
    problem = await trainUntilOver(training, plan, { ...options, signal, stages, checkpoints });
    bestWeights.restore();
    const betweenBatches = createBetweenBatches(signal, options.betweenBatches);
    const { staged, val } = await stages.forEvaluation(plan[progress.stage]!, training.reused, betweenBatches);
    onPhase?.('evaluating');
    evaluation = await evaluate({ network, staged, config, betweenBatches }, val, collector);
  } catch (error) {
    if (!signal.aborted) {
      network.dispose();
      throw error;
    }
    bestWeights.restore();
  } finally {
    stages.dispose();
    training.dispose();
  }

  const cancelled = evaluation === null;
  const kept = keptEpoch(progress, config);
  const seen = evaluation ?? kept?.evaluation ?? noEvaluation;
  return {
    endReason: cancelled ? 'CANCELLED' : problem ? 'ERROR' : progress.stopped ? 'EARLY_STOPPED' : 'COMPLETED',
    error: problem && !cancelled ? problem.message : null,
    bestEpoch: kept?.epoch ?? 0,
    epochs: finishedEpochs(progress),
    metrics: kept || evaluation ? { ...kept?.metrics, 'val/loss': seen.loss, 'val/accuracy': seen.accuracy } : {},
    evaluation: seen,
    features: cancelled ? null : collector.collected(),
    checkpoint: progress.over ? (checkpoints?.final() ?? saved?.files ?? []) : [],
    saveModel: () => network.withLayersModel((model) => saveModel(model, classes, backbone.spec.preprocessing)),
    dispose: () => network.dispose(),
  };
}

/** What is decoded, and what is computed of it, share the memory there is. */
function sourcesInMemory({ backbone, train, val, memoryBytes = 2 ** 30 }: FineTuneOptions) {
  const memory = memoryBudget(memoryBytes);
  const { inputSize } = backbone.spec.preprocessing;
  return { memory, train: remembered(train, inputSize, memory), val: remembered(val, inputSize, memory) };
}

/** The backbone is freed when no network can be made of it, or when what is to go on with it does not fit. */
function takeOver(options: FineTuneOptions): { network: Network; saved: OpenCheckpoint | null } {
  const { backbone, classes, config, resumeFrom } = options;
  try {
    const saved = resumeFrom ? openCheckpoint(resumeFrom, identityOf(options)) : null;
    return { saved, network: createNetwork(backbone, classes.length, config) };
  } catch (error) {
    backbone.model.dispose();
    throw error;
  }
}

function checkPictures({ classes, train, val }: FineTuneOptions): void {
  if (classes.length < 2) throw new Error(`There ${classes.length === 1 ? `is one class, ${classes[0]}` : 'are no classes'}; a classifier needs two or more.`);
  if (train.count === 0) throw new Error('There are no training pictures.');
  if (val.count === 0) throw new Error('There are no validation pictures. Give the dataset a val/ folder, or a valFraction above 0.');
}
