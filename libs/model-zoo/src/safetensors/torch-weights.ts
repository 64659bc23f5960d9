import type * as tf from '@tensorflow/tfjs';

/** A weight of the model, and the tensor PyTorch stores it as. */
export interface TorchWeight {
  weight: tf.LayersModel['weights'][number];
  tensorName: string;
  /** The weight's axis k is the stored tensor's axis order[k], sides of one aside. */
  order: number[];
  /** The shape it is stored in. */
  stored: number[];
}

interface Role {
  /** What follows the layer's name in the tensor's name; null when the tensor bears the layer's name alone. */
  suffix: string | null;
  order(rank: number): number[];
}

const asItIs = (rank: number) => Array.from({ length: rank }, (_, axis) => axis);

/** By the weight's name in Keras. PyTorch's layouts: convolutions [out, in, h, w], depthwise [channels, 1, h, w], linear [out, in]. */
const roles: Readonly<Record<string, Role>> = {
  kernel: { suffix: 'weight', order: (rank) => (rank === 4 ? [2, 3, 1, 0] : [1, 0]) },
  depthwise_kernel: { suffix: 'weight', order: () => [2, 3, 0, 1] },
  bias: { suffix: 'bias', order: asItIs },
  gamma: { suffix: 'weight', order: asItIs },
  beta: { suffix: 'bias', order: asItIs },
  moving_mean: { suffix: 'running_mean', order: asItIs },
  moving_variance: { suffix: 'running_var', order: asItIs },
  class_token: { suffix: null, order: asItIs },
  position_embedding: { suffix: null, order: asItIs },
};

/** ConvNeXt's factors per channel are a depthwise kernel [1, 1, channels, 1] here; the last part of their name, and their shape. */
const channelScales: Readonly<Record<string, (channels: number) => number[]>> = {
  layer_scale: (channels) => [channels, 1, 1],
  gamma: (channels) => [channels],
};

/** Every weight of a model whose layers are named as PyTorch modules. */
export function torchWeights(model: tf.LayersModel): TorchWeight[] {
  return model.layers.flatMap((layer) => layer.weights.map((weight) => {
    const shape = weight.shape as number[];
    const scale = channelScales[layer.name.split('.').at(-1)!]?.(shape[2]!);
    if (scale) return { weight, tensorName: layer.name, order: asItIs(scale.length), stored: scale };
    const role = roles[weight.originalName.split('/').at(-1)!];
    if (!role) throw new Error(`PyTorch's name of ${weight.originalName} is not known: give its role a row.`);
    const order = role.order(shape.length);
    return {
      weight, order,
      tensorName: role.suffix === null ? layer.name : `${layer.name}.${role.suffix}`,
      stored: shape.map((_, axis) => shape[order.indexOf(axis)]!),
    };
  }));
}
