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
import { rateFactor } from './schedule';
import type { Stage } from './stages';

export interface EpochContext {
  network: Network;
  staged: StagedNetwork;
  stage: Stage;
  /** Epochs before this stage. */
  epochsBefore: number;
  optimizer: Optimizer;
  config: Hyperparameters;
  signal: AbortSignal;
}

/** One pass over the training pictures. Metrics are means over the pictures as they went by, as Keras has them. */
export async function trainEpoch({ network, staged, stage, epochsBefore, optimizer, config, signal }: EpochContext, inputs: StageInputs, epoch: number): Promise<Record<string, number>> {
  const started = performance.now();
  const order = shuffled(inputs.count, randomStream(config.seed, 'shuffle', epoch));
  const batches = Math.ceil(inputs.count / config.batchSize);
  const stageSteps = stage.epochs * batches;
  let loss = 0;
  let correct = 0;
  let dataWaitMs = 0;

  for await (const { item: { batch, input, labels, targets }, waitedMs } of trainingBatches(inputs, { network, config, signal }, order, epoch)) {
    dataWaitMs += waitedMs;
    const random = randomStream(config.seed, 'dropout', epoch, batch);
    const { loss: value, logits, gradients } = staged.lossAndGradients(input, targets, () => Math.floor(random() * 2 ** 31));
    const step = (epoch - 1 - epochsBefore) * batches + batch;
    const batchLoss = (await value.data())[0]!;
    if (Number.isFinite(batchLoss)) {
      optimizer.step(staged.parameters, gradients, rateFactor(config.schedule, step, stageSteps));
      correct += evaluateLogits((await logits.data()) as Float32Array, labels, network.classes, 0).accuracy * labels.length;
      loss += batchLoss * labels.length;
    }
    tf.dispose([input, value, logits, ...Object.values(gradients)]);
    if (!Number.isFinite(batchLoss)) throw new Error(diverged(batchLoss, epoch, batch, config, stage));
    await breathe();
  }
  const lr = stage.headRate * rateFactor(config.schedule, (epoch - 1 - epochsBefore) * batches, stageSteps);
  const seconds = (performance.now() - started) / 1000;
  return { 'train/loss': loss / inputs.count, 'train/accuracy': correct / inputs.count, lr, 'system/pictures_per_second': inputs.count / seconds, 'system/data_wait_seconds': dataWaitMs / 1000 };
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

function diverged(loss: number, epoch: number, batch: number, config: Hyperparameters, stage: Stage): string {
  const rates = [`learningRate (now ${config.learningRate})`, ...(stage.unfrozenBlocks > 0 && config.pretrained ? [`backboneLearningRate (now ${config.backboneLearningRate})`] : [])];
  return `The training loss became ${loss} at epoch ${epoch}, step ${batch + 1}. Lower ${rates.join(' and ')}, by ten times to begin with.`;
}
