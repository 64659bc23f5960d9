import type * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';
import { targetDistributions } from './network/loss';
import type { Network } from './network/network';
import { ahead, type Loaded } from './pictures/ahead';
import { drawMix, mainLabels, mixTargets } from './pictures/augmentation/mix';
import type { StageInputs } from './pictures/stage-inputs';

/** What one step trains on; whoever takes it disposes of `input`. */
export interface TrainingBatch {
  batch: number;
  input: tf.Tensor;
  /** What accuracy counts: of mixed pictures the larger share. */
  labels: number[];
  /** [n, classes], smoothed and mixed */
  targets: Float32Array;
}

interface TrainingBatchesOptions {
  network: Network;
  config: Hyperparameters;
}

/** The epoch's batches in `order`, from `first` on, loaded ahead of the step that takes them. */
export function trainingBatches(inputs: StageInputs, { network, config }: TrainingBatchesOptions, order: readonly number[], epoch: number, first: number): AsyncGenerator<Loaded<TrainingBatch>> {
  const { classes, graph } = network;
  const side = graph[0]!.output.shape[1]!;
  const load = async (batch: number): Promise<TrainingBatch> => {
    const indices = order.slice(batch * config.batchSize, (batch + 1) * config.batchSize);
    const labels = indices.map((index) => inputs.labels[index]!);
    const targets = targetDistributions(labels, classes, config.labelSmoothing);
    const mix = drawMix(config, side, epoch, batch);
    const input = await inputs.batch(indices, epoch, mix);
    return mix ? { batch, input, labels: mainLabels(labels, mix), targets: mixTargets(targets, classes, mix) } : { batch, input, labels, targets };
  };
  return ahead(Math.ceil(inputs.count / config.batchSize), load, ({ input }) => input.dispose(), { first });
}
