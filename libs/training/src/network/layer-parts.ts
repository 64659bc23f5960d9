import type * as tf from '@tensorflow/tfjs';

export type Layer = tf.layers.Layer;
export type ActivationName = 'linear' | 'relu' | 'relu6';

/** A layer's variable by the last part of its Keras name, such as "kernel"; null when it has none. */
export function variableOf(layer: Layer, name: string): tf.Variable | null {
  const weight = layer.weights.find(({ originalName }) => originalName.split('/').at(-1) === name);
  return weight ? (weight.read() as tf.Variable) : null;
}

export interface ConvolutionParts {
  depthwise: boolean;
  /** [height, width, in, out], or [height, width, in, multiplier] when depthwise */
  kernel: tf.Variable<tf.Rank.R4>;
  bias: tf.Variable | null;
  strides: [number, number];
  padding: 'same' | 'valid';
  dilation: [number, number];
  activation: string;
}

/** null for layers that are not plain channels-last convolutions. */
export function convolutionParts(layer: Layer): ConvolutionParts | null {
  const depthwise = layer.getClassName() === 'DepthwiseConv2D';
  if (!depthwise && layer.getClassName() !== 'Conv2D') return null;
  const config = layer.getConfig();
  if (config.dataFormat === 'channelsFirst') return null;
  return {
    depthwise,
    kernel: variableOf(layer, depthwise ? 'depthwise_kernel' : 'kernel') as tf.Variable<tf.Rank.R4>,
    bias: variableOf(layer, 'bias'),
    strides: pair(config.strides),
    padding: config.padding as 'same' | 'valid',
    dilation: pair(config.dilationRate ?? 1),
    activation: String(config.activation ?? 'linear'),
  };
}

const pair = (value: unknown): [number, number] => (Array.isArray(value) ? [value[0], value[1]] : [value as number, value as number]);

export interface NormParts {
  gamma: tf.Variable | null;
  beta: tf.Variable | null;
  mean: tf.Variable;
  variance: tf.Variable;
  epsilon: number;
  momentum: number;
}

/** null for layers that do not normalise the last axis over batches. */
export function normParts(layer: Layer): NormParts | null {
  if (layer.getClassName() !== 'BatchNormalization') return null;
  const config = layer.getConfig();
  const rank = (layer.outputShape as tf.Shape).length;
  if (config.axis !== -1 && config.axis !== rank - 1) return null;
  return {
    gamma: variableOf(layer, 'gamma'),
    beta: variableOf(layer, 'beta'),
    mean: variableOf(layer, 'moving_mean')!,
    variance: variableOf(layer, 'moving_variance')!,
    epsilon: config.epsilon as number,
    momentum: config.momentum as number,
  };
}

/** What a layer norm over the last axis, alone, has; null for every other layer. */
export function layerNormParts(layer: Layer): Pick<NormParts, 'gamma' | 'beta' | 'epsilon'> | null {
  if (layer.getClassName() !== 'LayerNormalization') return null;
  const { axis, epsilon } = layer.getConfig();
  const [only, ...others] = Array.isArray(axis) ? axis : [axis];
  if (others.length > 0 || (only !== -1 && only !== (layer.outputShape as tf.Shape).length - 1)) return null;
  return { gamma: variableOf(layer, 'gamma'), beta: variableOf(layer, 'beta'), epsilon: epsilon as number };
}

/** null for layers that are more than a rectifier. */
export function rectifierName(layer: Layer): ActivationName | null {
  const config = layer.getConfig();
  if (layer.getClassName() === 'Activation') return isRectifier(config.activation) ? config.activation : null;
  if (layer.getClassName() !== 'ReLU') return null;
  if (config.maxValue === 6) return 'relu6';
  return config.maxValue === null || config.maxValue === undefined ? 'relu' : null;
}

export const isRectifier = (name: unknown): name is ActivationName => name === 'linear' || name === 'relu' || name === 'relu6';
