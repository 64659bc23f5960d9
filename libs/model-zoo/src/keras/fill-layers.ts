import * as tf from '@tensorflow/tfjs';
import { BackboneError } from '../backbone-error';
import type { H5Tensor } from './read-h5';

export interface LayerWeights {
  layer: tf.layers.Layer;
  /** in the order of the layer's weights */
  given: readonly Pick<H5Tensor, 'shape' | 'values'>[];
}

/** Gives layers their weights by their order, as Keras itself does. Throws BackboneError, and has changed nothing then, when one does not fit. */
export function fillLayers(path: string, layers: readonly LayerWeights[]): void {
  const problems = layers.flatMap(({ layer, given }) => {
    const wanted = layer.weights.map(({ shape }) => shape as number[]);
    if (given.length === wanted.length && given.every(({ shape }, index) => tf.util.arraysEqual(shape, wanted[index]!))) return [];
    return [given.length === 0 ? `${layer.name} has none` : `${layer.name} should have ${show(wanted)} but has ${show(given.map(({ shape }) => shape))}`];
  });
  if (problems.length > 0) {
    throw new BackboneError([`${path} does not hold the weights of ${problems.length} of its layers: ${problems.slice(0, 10).join('; ')}${problems.length > 10 ? ` and ${problems.length - 10} more` : ''}.`]);
  }
  for (const { layer, given } of layers) {
    layer.weights.forEach((weight, index) => tf.tidy(() => { weight.write(tf.tensor(given[index]!.values, given[index]!.shape)); }));
  }
}

const show = (shapes: readonly (readonly number[])[]) => shapes.map((shape) => `[${shape.join(', ')}]`).join(', ');
