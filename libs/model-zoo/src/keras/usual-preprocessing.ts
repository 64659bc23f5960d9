import type * as tf from '@tensorflow/tfjs';
import { layerGraph } from '../layer-graph';
import { kerasModes, type Scaling } from './keras-modes';

/** By the names Keras Applications give the model, or layers only that network has. */
const families: readonly [name: RegExp, layer: string | null, mode: keyof typeof kerasModes][] = [
  [/^resnet(50|101|152)$/i, 'conv5_block3_3_conv', 'caffe'],
  [/^vgg(16|19)$/i, 'block5_conv3', 'caffe'],
  [/^densenet(121|169|201)$/i, 'conv5_block16_2_conv', 'torch'],
];

/** How the pictures a Keras model was trained on were prepared, as far as the model tells: 0 to 255 where it scales itself. */
export function usualPreprocessing(model: tf.LayersModel): Scaling {
  const names = new Set(model.layers.map(({ name }) => name));
  // ResNet V2 has that layer too, but normalizes before it adds.
  const isV2 = names.has('post_bn');
  const family = families.find(([name, layer]) => name.test(model.name) || (layer !== null && !isV2 && names.has(layer)));
  const first = layerGraph(model.outputs[0]!).slice(1, 3).map(({ layer }) => layer);
  const scalesItself = first.some((layer) => layer.getClassName() === 'Rescaling' || (layer.getClassName() === 'DepthwiseConv2D' && (layer.weights[0]!.shape[0] ?? 0) === 1));
  if (scalesItself) return { range: [0, 255] };
  return kerasModes[family?.[2] ?? 'tf'];
}
