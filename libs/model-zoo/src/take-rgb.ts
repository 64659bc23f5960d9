import * as tf from '@tensorflow/tfjs';
import { layerGraph } from './layer-graph';

/** Layers that treat every channel alike. */
const indifferent = new Set(['ZeroPadding2D', 'Cropping2D', 'Rescaling', 'Dropout']);

/** Turns the input channels of the convolution that reads the picture round: a network that takes blue first then takes red first, exactly. Answers with what keeps it from doing so. */
export function takeRgb(model: tf.LayersModel): string[] {
  const [, ...nodes] = layerGraph(model.outputs[0]!);
  const first = nodes.find(({ layer }) => !indifferent.has(layer.getClassName()));
  if (first?.layer.getClassName() !== 'Conv2D') {
    return [`Pictures cannot be given blue first: what reads them is ${first?.layer.name ?? 'nothing'} (${first?.layer.getClassName() ?? 'no layer'}), not a convolution.`];
  }
  // [height, width, in, out]
  const kernel = first.layer.weights[0]!;
  tf.tidy(() => { kernel.write(tf.reverse(kernel.read(), 2)); });
  return [];
}
