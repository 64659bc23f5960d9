import { createBetweenBatches, type BetweenBatches } from './between-batches';
import { goesOnLater } from './checkpoint/checkpoint';
import type { Checkpoints } from './checkpoint/checkpoints';
import { beginEpoch, finishedEpochs, type EpochTimes } from './checkpoint/progress';
import type { Training } from './checkpoint/training';
import { balancedWeights } from './class-weights';
import { Diverged } from './diverged';
import { observeEpoch, withFreshPatience } from './early-stopping';
import type { FineTuneOptions, TrainingPhase } from './fine-tune';
import { findLearningRate, type FoundLearningRate } from './learning-rate-finder/find-learning-rate';
import type { OpenStage, Stages } from './open-stage';
import { evaluate, trainEpoch, type EpochContext } from './run-epoch';
import { createSchedule } from './schedule/schedule';
import type { Stage } from './stages';
import { checkEvaluation } from './train-step';

interface TrainStagesOptions extends Pick<FineTuneOptions, 'classes' | 'train' | 'onPhase' | 'onLearningRateFound' | 'onEpoch' | 'onEpochTimes'> {
  stages: Stages;
  checkpoints: Checkpoints;
  betweenBatches: BetweenBatches;
}

interface TrainUntilOverOptions extends Omit<TrainStagesOptions, 'betweenBatches'>, Pick<FineTuneOptions, 'betweenBatches' | 'finishEarly'> {
  signal: AbortSignal;
}

/** From where training stands until nothing is left of the plan, or nothing more is wanted. Returns why it broke off, once there is an epoch to fall back on. */
export async function trainUntilOver(training: Training, plan: readonly Stage[], { signal, finishEarly, betweenBatches, ...options }: TrainUntilOverOptions): Promise<Diverged | null> {
  const { progress, bestWeights } = training;
  const { checkpoints } = options;
  if (progress.over) return null;
  const halt = finishEarly ? AbortSignal.any([signal, finishEarly]) : signal;
  try {
    return await trainStages(training, plan, { ...options, betweenBatches: createBetweenBatches(halt, betweenBatches) });
  } catch (error) {
    // Anything else may have left a step half done.
    if (!halt.aborted || error !== halt.reason) throw error;
    if (signal.aborted) {
      if (goesOnLater(signal.reason)) checkpoints.interrupted();
      throw error;
    }
    Object.assign(progress, { running: null, stopped: true, over: true });
    if (!bestWeights.kept()) bestWeights.keep();
    checkpoints.afterEpoch();
    return null;
  }
}

async function trainStages(training: Training, plan: readonly Stage[], options: TrainStagesOptions): Promise<Diverged | null> {
  const { progress, config, network, bestWeights, optimizer } = training;
  const classWeights = config.classWeight === 'balanced' ? balancedWeights(options.train.labels, options.classes.length) : null;
  for (const [index, stage] of plan.entries()) {
    if (index < progress.stage || (index === progress.stage && hasEnded(stage, training))) continue;
    const continued = index === progress.stage && progress.epochsBefore !== null;
    const reuse = continued ? training.reused : null;
    training.reused = null;
    const open = await options.stages.open(stage, reuse, options.betweenBatches);
    training.reused = { train: open.train.reused, val: open.val.reused };
    bestWeights.cover(open.staged.changing);
    if (!continued) Object.assign(progress, { stage: index, epochsBefore: null });
    const context = { network, staged: open.staged, stage, epochsBefore: progress.epochsBefore ?? finishedEpochs(progress), optimizer, classWeights, config, betweenBatches: options.betweenBatches };
    if (config.findLearningRate && training.found === null) {
      options.onPhase?.('finding the learning rate');
      training.found = await findLearningRate({ ...context, schedule: training.schedule }, open.train);
      training.schedule = createSchedule(config, (training.found.suggestion ?? stage.headRate) / stage.headRate);
      options.onLearningRateFound?.(training.found);
    }
    options.onPhase?.(phaseText(stage, training.found));
    const problem = await trainStage({ ...context, schedule: training.schedule }, open, training, index === plan.length - 1, options);
    if (problem) return problem;
  }
  return null;
}

const phaseText = ({ phase }: Stage, found: FoundLearningRate | null): TrainingPhase =>
  found?.suggestion ? `${phase} (found learning rate ${found.suggestion.toPrecision(2)})` : phase;

/** Of the stage training is in. */
const hasEnded = (stage: Stage, { progress }: Training) =>
  progress.epochsBefore !== null && progress.running === null && (progress.stopped || finishedEpochs(progress) >= progress.epochsBefore + stage.epochs);

/** Epochs until the stage is over or the monitored metric stands still. */
async function trainStage(context: EpochContext, { stage, train, val }: OpenStage, training: Training, isLast: boolean, options: TrainStagesOptions): Promise<Diverged | null> {
  const { config, schedule } = context;
  const { progress, bestWeights } = training;
  const { checkpoints } = options;
  if (progress.epochsBefore === null) {
    schedule.begin(stage);
    Object.assign(progress, { epochsBefore: context.epochsBefore, stopping: withFreshPatience(progress.stopping), stopped: false });
  }
  while (!hasEnded(stage, training)) {
    const epoch = finishedEpochs(progress) + 1;
    const times = await trainOneEpoch(context, { train, val }, training, checkpoints).catch((error: unknown) => {
      if (!(error instanceof Diverged) || progress.last === null) throw error;
      return error;
    });
    if (times instanceof Diverged) return times;
    const { metrics } = progress.last!;
    const verdict = observeEpoch(config, progress.stopping, epoch, metrics[config.monitor]!);
    progress.stopping = verdict.state;
    progress.stopped = verdict.stop;
    if (verdict.keep) progress.best = progress.last;
    // Until there is a best epoch, and when the last one counts, it is the last one that a broken run falls back on.
    if (verdict.keep || progress.best === null || !config.restoreBestWeights) bestWeights.keep();
    schedule.observe(stage, metrics[config.monitor]!);
    progress.over = isLast && hasEnded(stage, training);
    options.onEpochTimes?.(epoch, times);
    await options.onEpoch?.(epoch, metrics);
    checkpoints.afterEpoch();
  }
  return null;
}

/** The next epoch, or what is left of the one under way, and its evaluation. */
async function trainOneEpoch(context: EpochContext, { train, val }: Pick<OpenStage, 'train' | 'val'>, { progress }: Training, { afterBatch }: Checkpoints): Promise<EpochTimes> {
  const epoch = finishedEpochs(progress) + 1;
  const running = (progress.running ??= beginEpoch(epoch));
  const trained = await trainEpoch(context, train, running, afterBatch);
  const started = performance.now();
  const evaluation = await evaluate(context, val);
  checkEvaluation(evaluation, epoch, context);
  const evaluationMs = performance.now() - started;
  progress.last = { epoch, metrics: { ...trained, 'val/loss': evaluation.loss, 'val/accuracy': evaluation.accuracy }, evaluation };
  progress.running = null;
  return { ...running.times, evaluationMs, totalMs: running.times.totalMs + evaluationMs };
}
