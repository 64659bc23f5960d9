import * as tf from '@tensorflow/tfjs';
import { brokenInputs, divergedAfter, divergedAt } from './diverged';
import type { Evaluation } from './evaluation';
import { weightedTargets } from './network/loss';
import { clipFactor } from './optimizer/gradient-norm';
import { randomStream } from './random';
import type { EpochContext } from './run-epoch';

export interface Step {
  /** Disposed of here. */
  input: tf.Tensor;
  /** [n, classes], before class weights; changed here. */
  targets: Float32Array;
  /** from 1 */
  epoch: number;
  /** from 0 */
  batch: number;
  /** On every learning rate. */
  factor: number;
}

/** Forward, backward, update. Throws Diverged, with the trained weights as they were, when the loss or a gradient is not finite. */
export async function trainStep(context: EpochContext, { input, targets, epoch, batch, factor }: Step): Promise<{ loss: number; logits: Float32Array }> {
  const { staged, optimizer, classWeights, config } = context;
  const random = randomStream(config.seed, 'dropout', epoch, batch);
  const weighted = classWeights ? weightedTargets(targets, classWeights) : targets;
  const { loss: value, logits, norm: length, gradients } = staged.lossAndGradients(input, weighted, () => Math.floor(random() * 2 ** 31));
  const checked = tf.stack([value, length]);
  try {
    const [loss, norm] = (await checked.data()) as unknown as [number, number];
    if (!Number.isFinite(loss) || !Number.isFinite(norm)) {
      if (!(await allFinite(input))) throw brokenInputs(epoch, batch);
      const what = Number.isFinite(loss) ? { name: `The gradients (of a loss of ${loss})`, value: norm } : { name: 'The training loss', value: loss };
      throw divergedAt(what.name, what.value, epoch, batch, ratesOf(context));
    }
    optimizer.step(staged.parameters, gradients, { rate: factor, gradient: clipFactor(norm, config.clipNorm) });
    return { loss, logits: (await logits.data()) as Float32Array };
  } finally {
    tf.dispose([input, value, length, checked, logits, ...Object.values(gradients)]);
  }
}

async function allFinite(tensor: tf.Tensor): Promise<boolean> {
  const all = tf.tidy(() => tf.all(tf.isFinite(tensor)));
  const [finite] = await all.data();
  all.dispose();
  return finite === 1;
}

/** Throws Diverged when the loss of an evaluation is not finite. */
export function checkEvaluation({ loss }: Evaluation, epoch: number, context: Pick<EpochContext, 'stage' | 'schedule' | 'config'>): void {
  if (!Number.isFinite(loss)) throw divergedAfter('The validation loss', loss, epoch, ratesOf(context));
}

/** The rates as the configuration would have them, a found learning rate included. */
function ratesOf({ stage, schedule, config }: Pick<EpochContext, 'stage' | 'schedule' | 'config'>) {
  const scaled = (rate: number) => Number((rate * schedule.scale).toPrecision(3));
  const thawed = stage.unfrozenBlocks > 0 && config.pretrained;
  return { learningRate: scaled(config.learningRate), backboneLearningRate: thawed ? scaled(config.backboneLearningRate) : null, clipNorm: config.clipNorm };
}
