import type * as TensorFlow from '@tensorflow/tfjs';

type Value = TensorFlow.SymbolicTensor;

interface Convolution {
  stride?: number;
  /** Pixels of zeros on every side, by default as many as keep the size at stride 1; or what TensorFlow calls "same". */
  padding?: number | 'same';
  bias?: boolean;
}

interface Norm {
  /** PyTorch's default: 1e-5. */
  epsilon?: number;
  /** As Keras counts: the share of the old value. PyTorch's default momentum of 0.1 is 0.9 here. */
  momentum?: number;
}

export type TorchLayers = ReturnType<typeof torchLayers>;

/**
 * tfjs layers that compute what PyTorch's do. Values are [n, height, width, channels]. PyTorch pads evenly on all
 * sides; TensorFlow's "same" does so only at stride 1, so that other strides get a padding layer NAME.pad.
 */
export function torchLayers({ input, layers, model }: typeof TensorFlow) {
  const padded = (name: string, x: Value, kernelSize: number, stride: number, padding: number | 'same'): [Value, 'same' | 'valid'] => {
    if (padding === 0) return [x, 'valid'];
    if (padding === 'same' || (stride === 1 && padding === (kernelSize - 1) / 2)) return [x, 'same'];
    return [layers.zeroPadding2d({ name: `${name}.pad`, padding }).apply(x) as Value, 'valid'];
  };

  return {
    picture: (side = 224) => input({ shape: [side, side, 3], name: 'picture' }),

    conv(name: string, x: Value, filters: number, kernelSize: number, { stride = 1, padding = (kernelSize - 1) / 2, bias = false }: Convolution = {}) {
      const [from, mode] = padded(name, x, kernelSize, stride, padding);
      return layers.conv2d({ name, filters, kernelSize, strides: stride, padding: mode, useBias: bias, kernelInitializer: 'zeros' }).apply(from) as Value;
    },

    /** A convolution with as many groups as channels. */
    depthwise(name: string, x: Value, kernelSize: number, { stride = 1, padding = (kernelSize - 1) / 2, bias = false }: Convolution = {}) {
      const [from, mode] = padded(name, x, kernelSize, stride, padding);
      return layers.depthwiseConv2d({ name, kernelSize, strides: stride, padding: mode, useBias: bias, depthwiseInitializer: 'zeros' }).apply(from) as Value;
    },

    norm: (name: string, x: Value, { epsilon = 1e-5, momentum = 0.9 }: Norm = {}) => layers.batchNormalization({ name, epsilon, momentum }).apply(x) as Value,

    relu: (name: string, x: Value) => layers.reLU({ name }).apply(x) as Value,

    relu6: (name: string, x: Value) => layers.reLU({ name, maxValue: 6 }).apply(x) as Value,

    /** Pads with zeros where PyTorch pads with −∞: the same wherever no value is negative, as after a rectifier. */
    maxPool(name: string, x: Value, poolSize: number, { stride = poolSize, padding = 0 } = {}) {
      const from = padding === 0 ? x : (layers.zeroPadding2d({ name: `${name}.pad`, padding }).apply(x) as Value);
      return layers.maxPooling2d({ name, poolSize, strides: stride, padding: 'valid' }).apply(from) as Value;
    },

    averagePool: (name: string, x: Value, poolSize: number) => layers.averagePooling2d({ name, poolSize, strides: poolSize }).apply(x) as Value,

    /** [n, height, width, channels] → [n, channels] */
    globalAverage: (name: string, x: Value) => layers.globalAveragePooling2d({ name }).apply(x) as Value,

    add: (name: string, ...summands: Value[]) => layers.add({ name }).apply(summands) as Value,

    concatenate: (name: string, values: Value[]) => layers.concatenate({ name }).apply(values) as Value,

    /** PyTorch flattens channels first, and the kernel of the linear layer behind is in that order. */
    flatten(name: string, x: Value) {
      const channelsFirst = layers.permute({ name: `${name}.permute`, dims: [3, 1, 2] }).apply(x) as Value;
      return layers.flatten({ name }).apply(channelsFirst) as Value;
    },

    /** Over the last axis, whatever the rank. "gelu" is the exact one, PyTorch's default. */
    linear: (name: string, x: Value, units: number, activation: 'linear' | 'gelu' = 'linear') => layers.dense({ name, units, activation, kernelInitializer: 'zeros' }).apply(x) as Value,

    /** Over the last axis. */
    layerNorm: (name: string, x: Value, epsilon: number) => layers.layerNormalization({ name, epsilon }).apply(x) as Value,

    /** The whole, from the picture to the probabilities of these logits, [n, classes]. */
    classifier: (name: string, picture: Value, logits: Value) => model({ name, inputs: picture, outputs: layers.softmax({ name: 'probabilities' }).apply(logits) as Value }),
  };
}
