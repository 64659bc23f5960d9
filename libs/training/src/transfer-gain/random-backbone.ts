import * as tf from '@tensorflow/tfjs';
import { layerGraph, layerOutput, type LayerNode, type LoadedBackbone } from '@thaw/model-zoo';
import type { BetweenBatches } from '../between-batches';
import { compileBody } from '../network/body';
import { reinitialise } from '../network/initial-weights';
import { normParts } from '../network/layer-parts';
import { plainView } from '../pictures/augmentation/view';
import { pictureBatches } from '../pictures/picture-batches';
import type { PictureSource } from '../pictures/picture-source';

/** Enough pictures for the mean and variance of a channel: each has thousands of positions. */
const mostPictures = 256;

/**
 * Makes a backbone a function nobody has trained: random weights, and the running statistics that such weights have on
 * the training pictures. With mean 0 and variance 1 instead, as networks begin, frozen features all but vanish: every
 * layer shrinks what it gets, and no normalisation makes up for it. The statistics are plain means over the batches of
 * one pass, as in "Rethinking 'Batch' in BatchNorm" (Wu and Johnson, 2021, section 3).
 */
export async function randomiseBackbone({ spec, model }: LoadedBackbone, train: PictureSource, options: { batchSize: number; seed: number; betweenBatches: BetweenBatches }): Promise<void> {
  const graph = layerGraph(layerOutput(model, spec.featureLayer));
  reinitialise(graph, options.seed);
  if (!graph.some(({ layer }) => normParts(layer))) return;
  const count = Math.min(train.count, mostPictures);
  // Evenly over the source, which is sorted by class.
  const chosen = Array.from({ length: count }, (_, index) => Math.floor((index * train.count) / count));
  const read = pictureBatches(train, spec.preprocessing);
  for (let batch = 0; batch * options.batchSize < count; batch++) {
    await options.betweenBatches();
    const input = await read(chosen.slice(batch * options.batchSize, (batch + 1) * options.batchSize), () => plainView);
    try {
      averageStatistics(graph, input, batch);
    } finally {
      input.dispose();
    }
  }
}

/** Nothing is dropped. The statistics become the mean over this batch and the `before` ones. */
function averageStatistics(graph: readonly LayerNode[], input: tf.Tensor, before: number): void {
  const body = compileBody(graph, { isFrozen: () => false, trainNorms: true, normMomentum: before / (before + 1) });
  body.run(0, input, graph.length - 1, { training: true, draw: (shape) => tf.ones(shape) }).dispose();
  body.dispose();
}
