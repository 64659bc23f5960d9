import { createBestWeights } from '../best-weights';
import { Diverged } from '../diverged';
import { targetDistributions } from '../network/loss';
import { createOptimizer } from '../optimizer/optimizer';
import type { StageInputs } from '../pictures/stage-inputs';
import { randomStream, shuffled } from '../random';
import type { EpochContext } from '../run-epoch';
import { trainStep } from '../train-step';
import { suggestLearningRate, type LearningRateCurve } from './suggest';

export interface FoundLearningRate extends LearningRateCurve {
  /** For the head; null when the loss fell at no rate. */
  suggestion: number | null;
}

const steps = 100;
const [lowest, highest] = [1e-7, 10];

/**
 * fastai's lr_find (Smith, "Cyclical Learning Rates", 2015): up to 100 steps at rates that grow from 1e-7 to 10, until the
 * smoothed loss is four times its best. The backbone's rates keep their proportion to the head's. Afterwards every weight
 * and statistic is what it was; the optimizer is one of its own, and random numbers are drawn by name, so nothing else moves.
 */
export async function findLearningRate(context: EpochContext, inputs: StageInputs): Promise<FoundLearningRate> {
  const { network, staged, stage, config, betweenBatches } = context;
  const before = createBestWeights();
  before.cover(staged.changing);
  before.keep();
  const optimizer = createOptimizer(config);
  const curve: LearningRateCurve = { rates: [], losses: [] };
  const smoothed = smoothing(0.98);
  try {
    for (let step = 0; step < steps; step++) {
      await betweenBatches();
      const rate = lowest * (highest / lowest) ** (step / steps);
      const { indices, labels } = batchAt(step, inputs, config);
      const input = await inputs.batch(indices, null);
      const targets = targetDistributions(labels, network.classes, config.labelSmoothing);
      const { loss } = await trainStep({ ...context, optimizer }, { input, targets, epoch: 0, batch: step, factor: rate / stage.headRate });
      curve.rates.push(rate);
      curve.losses.push(smoothed(loss));
      if (curve.losses.at(-1)! > 4 * Math.min(...curve.losses)) break;
    }
  } catch (error) {
    // It went too far, which is what the test is for.
    if (!(error instanceof Diverged) || curve.losses.length === 0) throw error;
  } finally {
    before.restore();
    before.dispose();
    optimizer.dispose();
  }
  return { ...curve, suggestion: suggestLearningRate(curve, steps) };
}

/** The pictures of one step, shuffled anew for each pass. */
function batchAt(step: number, { count, labels }: StageInputs, { batchSize, seed }: Pick<EpochContext['config'], 'batchSize' | 'seed'>) {
  const perPass = Math.ceil(count / batchSize);
  const order = shuffled(count, randomStream(seed, 'find learning rate', Math.floor(step / perPass)));
  const indices = order.slice((step % perPass) * batchSize, ((step % perPass) + 1) * batchSize);
  return { indices, labels: indices.map((index) => labels[index]!) };
}

/** Exponential average without the bias of its first values. */
function smoothing(keep: number): (value: number) => number {
  let [average, count] = [0, 0];
  return (value) => {
    count += 1;
    average = keep * average + (1 - keep) * value;
    return average / (1 - keep ** count);
  };
}
