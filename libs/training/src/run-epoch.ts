import * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';
import type { BetweenBatches } from './between-batches';
import type { RunningEpoch } from './checkpoint/progress';
import { evaluateLogits, type Evaluation } from './evaluation';
import type { FeatureCollector } from './features/seen-features';
import type { Network, StagedNetwork } from './network/network';
import type { Optimizer } from './optimizer/optimizer';
import { ahead } from './pictures/ahead';
import { range, type StageInputs } from './pictures/stage-inputs';
import { trainingBatches } from './training-batches';
import { randomStream, shuffled } from './random';
import type { Schedule } from './schedule/schedule';
import type { Stage } from './stages';
import { trainStep } from './train-step';

export interface EpochContext {
  network: Network;
  staged: StagedNetwork;
  stage: Stage;
  /** Epochs before this stage. */
  epochsBefore: number;
  optimizer: Optimizer;
  schedule: Schedule;
  /** Weight of each class in the training loss; null: they are equal. */
  classWeights: readonly number[] | null;
  config: Hyperparameters;
  betweenBatches: BetweenBatches;
}

/**
 * One pass over the training pictures, or what is left of it; `running` is told how far it has come after every batch.
 * Metrics are means over the pictures as they went by, as Keras has them.
 */
export async function trainEpoch(context: EpochContext, inputs: StageInputs, running: RunningEpoch, afterBatch: () => void): Promise<Record<string, number>> {
  const { network, stage, epochsBefore, schedule, config, betweenBatches } = context;
  const { epoch, times } = running;
  const before = performance.now() - times.totalMs;
  const order = shuffled(inputs.count, randomStream(config.seed, 'shuffle', epoch));
  const batches = Math.ceil(inputs.count / config.batchSize);
  const factor = (batch: number) => schedule.factor({ stage, epoch: epoch - 1 - epochsBefore, batch, batches });

  await betweenBatches();
  for await (const { item: { batch, input, labels, targets }, waitedMs } of trainingBatches(inputs, context, order, epoch, running.batches)) {
    const started = performance.now();
    // The next batches are prepared while a step, or the caller, waits for something.
    const prepared = inputs.busyMs();
    const step = await trainStep(context, { input, targets, epoch, batch, factor: factor(batch) });
    running.loss += step.loss * labels.length;
    running.correct += evaluateLogits(step.logits, labels, network.classes, 0).accuracy * labels.length;
    running.batches = batch + 1;
    times.stepMs += performance.now() - started - (inputs.busyMs() - prepared);
    times.pictures += labels.length;
    const count = () => {
      times.dataMs = dataMs + waitedMs + inputs.busyMs() - prepared;
      times.totalMs = performance.now() - before;
    };
    const { dataMs } = times;
    count();
    afterBatch();
    await betweenBatches().finally(count);
  }
  return { 'train/loss': running.loss / inputs.count, 'train/accuracy': running.correct / inputs.count, lr: stage.headRate * factor(0) };
}

/** The network as it stands, over every picture; `collector` is given what the last layer read. */
export async function evaluate({ network, staged, config, betweenBatches }: Pick<EpochContext, 'network' | 'staged' | 'config' | 'betweenBatches'>, inputs: StageInputs, collector?: FeatureCollector): Promise<Evaluation> {
  const logits = new Float32Array(inputs.count * network.classes);
  const load = async (batch: number) => {
    const start = batch * config.batchSize;
    return { start, input: await inputs.batch(range(start, Math.min(start + config.batchSize, inputs.count)), null) };
  };
  await betweenBatches();
  for await (const { item: { start, input } } of ahead(Math.ceil(inputs.count / config.batchSize), load, ({ input }) => input.dispose())) {
    const seen = collector ? staged.logitsAndFeatures(input) : { logits: staged.logits(input), features: null };
    logits.set(await seen.logits.data(), start * network.classes);
    if (seen.features) collector?.add(start, (await seen.features.data()) as Float32Array, seen.features.shape[1]);
    tf.dispose([input, seen.logits, ...(seen.features ? [seen.features] : [])]);
    await betweenBatches();
  }
  return evaluateLogits(logits, inputs.labels, network.classes, config.labelSmoothing);
}
