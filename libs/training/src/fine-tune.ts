import type { LoadedBackbone } from '@thaw/model-zoo';
import type { Hyperparameters } from '@thaw/config';
import { createBestWeights, type BestWeights } from './best-weights';
import { balancedWeights } from './class-weights';
import { Diverged } from './diverged';
import { notStarted, observeEpoch, withFreshPatience, type EarlyStoppingState } from './early-stopping';
import type { Evaluation } from './evaluation';
import { findLearningRate, type FoundLearningRate } from './learning-rate-finder/find-learning-rate';
import { createNetwork, type Network } from './network/network';
import { openStage, type OpenStage } from './open-stage';
import { createOptimizer } from './optimizer/optimizer';
import { memoryBudget } from './pictures/memory-budget';
import { remembered, type PictureSource } from './pictures/picture-source';
import type { FeatureCache } from './pictures/stage-inputs';
import { evaluate, trainEpoch, type EpochContext } from './run-epoch';
import { saveModel, type ModelFile } from './save-model';
import { createSchedule } from './schedule/schedule';
import { planStages, type Stage } from './stages';
import { checkEvaluation } from './train-step';

type TrainingPhase = Stage['phase'] | `${Stage['phase']} (found learning rate ${string})`;
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
  /** At bestEpoch. */
  metrics: Record<string, number>;
  /** The validation pictures as the model sees them. Of a run cancelled before its first epoch: nothing. */
  evaluation: Evaluation;
  saveModel(): Promise<ModelFile[]>;
  dispose(): void;
}

/** What training has come to so far. */
interface Progress {
  stopping: EarlyStoppingState;
  stopped: boolean;
  last: FinishedEpoch;
  best: FinishedEpoch;
}

interface FinishedEpoch {
  epoch: number;
  metrics: Record<string, number>;
  evaluation: Evaluation;
}

const none: FinishedEpoch = { epoch: 0, metrics: {}, evaluation: { loss: Number.NaN, accuracy: Number.NaN, top5Accuracy: null, probabilities: new Float32Array(0), correct: new Uint8Array(0) } };

/** Puts a new head on a pretrained backbone and trains as much of it as the configuration unfreezes. */
export async function fineTune(options: FineTuneOptions): Promise<FineTuned> {
  const { backbone, classes, config, features, memoryBytes = 2 ** 30, onPhase, signal = new AbortController().signal } = options;
  const memory = memoryBudget(memoryBytes);
  const { inputSize } = backbone.spec.preprocessing;
  const sources = { train: remembered(options.train, inputSize, memory), val: remembered(options.val, inputSize, memory) };
  const network = takeOver(backbone, classes.length, config);
  const optimizer = createOptimizer(config);
  const bestWeights = createBestWeights();
  const classWeights = config.classWeight === 'balanced' ? balancedWeights(options.train.labels, classes.length) : null;
  const progress: Progress = { stopping: notStarted, stopped: false, last: none, best: none };
  let open: OpenStage | null = null;
  let found: FoundLearningRate | null = null;
  let schedule = createSchedule(config, 1);
  let problem: Diverged | null = null;
  let cancelled = false;

  try {
    checkPictures(options);
    for (const stage of planStages(config, network.blocks)) {
      open?.dispose();
      open = null;
      open = await openStage(stage, { network, backbone, config, memory, features, signal, onPhase, ...sources });
      bestWeights.cover(open.staged.changing);
      const context = { network, staged: open.staged, stage, epochsBefore: progress.last.epoch, optimizer, classWeights, config, signal };
      if (config.findLearningRate && found === null) {
        onPhase?.('finding the learning rate');
        found = await findLearningRate({ ...context, schedule }, open.train);
        schedule = createSchedule(config, (found.suggestion ?? stage.headRate) / stage.headRate);
        options.onLearningRateFound?.(found);
      }
      onPhase?.(phaseText(stage, found));
      problem = await trainStage({ ...context, schedule }, open, { bestWeights, progress, ...options });
      if (problem) break;
    }
    bestWeights.restore();
    onPhase?.('evaluating');
    const evaluation = await evaluate({ network, staged: open!.staged, config, signal }, open!.val);
    keptEpoch(progress, config).evaluation = evaluation;
  } catch (error) {
    if (!signal.aborted) {
      network.dispose();
      throw error;
    }
    cancelled = true;
    bestWeights.restore();
  } finally {
    open?.dispose();
    optimizer.dispose();
    bestWeights.dispose();
  }

  const { epoch, metrics, evaluation } = keptEpoch(progress, config);
  return {
    endReason: cancelled ? 'CANCELLED' : problem ? 'ERROR' : progress.stopped ? 'EARLY_STOPPED' : 'COMPLETED',
    error: problem && !cancelled ? problem.message : null,
    bestEpoch: epoch,
    epochs: progress.last.epoch,
    metrics: epoch === 0 ? {} : { ...metrics, 'val/loss': evaluation.loss, 'val/accuracy': evaluation.accuracy },
    evaluation,
    saveModel: () => network.withLayersModel((model) => saveModel(model, classes, backbone.spec.preprocessing)),
    dispose: () => network.dispose(),
  };
}

/** The backbone is freed when no network can be made of it. */
function takeOver(backbone: LoadedBackbone, classes: number, config: Hyperparameters): Network {
  try {
    return createNetwork(backbone, classes, config);
  } catch (error) {
    backbone.model.dispose();
    throw error;
  }
}

const phaseText = ({ phase }: Stage, found: FoundLearningRate | null): TrainingPhase =>
  found?.suggestion ? `${phase} (found learning rate ${found.suggestion.toPrecision(2)})` : phase;

interface TrainStageContext extends Pick<FineTuneOptions, 'onEpoch'> {
  bestWeights: BestWeights;
  progress: Progress;
}

/** Epochs until the stage is over or the monitored metric stands still. Returns why it broke off, once there is an epoch to fall back on. */
async function trainStage(context: EpochContext, { stage, train, val }: OpenStage, { bestWeights, progress, onEpoch }: TrainStageContext): Promise<Diverged | null> {
  const { config, schedule } = context;
  schedule.begin(stage);
  progress.stopping = withFreshPatience(progress.stopping);
  progress.stopped = false;
  for (let remaining = stage.epochs; remaining > 0 && !progress.stopped; remaining--) {
    const epoch = progress.last.epoch + 1;
    try {
      const trained = await trainEpoch(context, train, epoch);
      const evaluation = await evaluate(context, val);
      checkEvaluation(evaluation, epoch, context);
      const metrics = { ...trained, 'val/loss': evaluation.loss, 'val/accuracy': evaluation.accuracy };
      progress.last = { epoch, metrics, evaluation };
    } catch (error) {
      if (!(error instanceof Diverged) || progress.last.epoch === 0) throw error;
      return error;
    }
    const { metrics } = progress.last;
    const verdict = observeEpoch(config, progress.stopping, epoch, metrics[config.monitor]!);
    progress.stopping = verdict.state;
    progress.stopped = verdict.stop;
    if (verdict.keep) progress.best = progress.last;
    // Until there is a best epoch, and when the last one counts, it is the last one that a broken run falls back on.
    if (verdict.keep || progress.best.epoch === 0 || !config.restoreBestWeights) bestWeights.keep();
    schedule.observe(stage, metrics[config.monitor]!);
    await onEpoch?.(epoch, metrics);
  }
  return null;
}

/** The epoch whose weights the model ends with. */
function keptEpoch({ best, last }: Progress, { restoreBestWeights }: Hyperparameters): FinishedEpoch {
  return restoreBestWeights && best.epoch > 0 ? best : last;
}

function checkPictures({ classes, train, val }: FineTuneOptions): void {
  if (classes.length < 2) throw new Error(`There ${classes.length === 1 ? `is one class, ${classes[0]}` : 'are no classes'}; a classifier needs two or more.`);
  if (train.count === 0) throw new Error('There are no training pictures.');
  if (val.count === 0) throw new Error('There are no validation pictures. Give the dataset a val/ folder, or a valFraction above 0.');
}
