import * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';
import { breathe } from './breathe';
import { evaluateLogits, type Evaluation } from './evaluation';
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
  signal: AbortSignal;
}

/** One pass over the training pictures. Metrics are means over the pictures as they went by, as Keras has them. */
export async function trainEpoch(context: EpochContext, inputs: StageInputs, epoch: number): Promise<Record<string, number>> {
  const { network, stage, epochsBefore, schedule, config, signal } = context;
  const started = performance.now();
  const order = shuffled(inputs.count, randomStream(config.seed, 'shuffle', epoch));
  const batches = Math.ceil(inputs.count / config.batchSize);
  const factor = (batch: number) => schedule.factor({ stage, epoch: epoch - 1 - epochsBefore, batch, batches });
  let loss = 0;
  let correct = 0;
  let dataWaitMs = 0;

  for await (const { item: { batch, input, labels, targets }, waitedMs } of trainingBatches(inputs, { network, config, signal }, order, epoch)) {
    dataWaitMs += waitedMs;
    const step = await trainStep(context, { input, targets, epoch, batch, factor: factor(batch) });
    loss += step.loss * labels.length;
    correct += evaluateLogits(step.logits, labels, network.classes, 0).accuracy * labels.length;
    await breathe();
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    'train/loss': loss / inputs.count, 'train/accuracy': correct / inputs.count, lr: stage.headRate * factor(0),
    'system/pictures_per_second': inputs.count / seconds, 'system/data_wait_seconds': dataWaitMs / 1000,
  };
}

/** The network as it stands, over every picture. */
export async function evaluate({ network, staged, config, signal }: Pick<EpochContext, 'network' | 'staged' | 'config' | 'signal'>, inputs: StageInputs): Promise<Evaluation> {
  const logits = new Float32Array(inputs.count * network.classes);
  const load = async (batch: number) => {
    signal.throwIfAborted();
    const start = batch * config.batchSize;
    return { start, input: await inputs.batch(range(start, Math.min(start + config.batchSize, inputs.count)), null) };
  };
  for await (const { item: { start, input } } of ahead(Math.ceil(inputs.count / config.batchSize), load, ({ input }) => input.dispose())) {
    const output = staged.logits(input);
    logits.set(await output.data(), start * network.classes);
    tf.dispose([input, output]);
    await breathe();
  }
  return evaluateLogits(logits, inputs.labels, network.classes, config.labelSmoothing);
}
