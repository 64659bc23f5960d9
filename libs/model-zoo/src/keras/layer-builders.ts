import * as tf from '@tensorflow/tfjs';
import { activationLayers } from '../architectures/activation-layers';
import type { KerasNode } from './keras-nodes';
import type { H5Tensor } from './read-h5';

type Value = tf.SymbolicTensor;
type Stored = Pick<H5Tensor, 'shape' | 'values'>;

export interface BuiltLayer {
  output: Value;
  /** The layer that takes the node's weights. */
  layer?: tf.layers.Layer;
  /** The layer's weights in order, where they are not what the file holds for the node. */
  weights?: (stored: Stored[]) => Stored[];
}

type Builder = (node: KerasNode, inputs: Value[]) => BuiltLayer | string;

const { layers } = tf;
const composed = activationLayers(tf);

/** Keras's names of the activations tfjs has. */
const activations: Readonly<Record<string, string>> = {
  linear: 'linear', relu: 'relu', relu6: 'relu6', sigmoid: 'sigmoid', tanh: 'tanh', softmax: 'softmax', softplus: 'softplus', softsign: 'softsign',
  elu: 'elu', selu: 'selu', swish: 'swish', silu: 'swish', gelu: 'gelu', mish: 'mish', log_softmax: 'logSoftmax',
};

const activate = (node: KerasNode, name: string, x: Value, activation: string): BuiltLayer | string => {
  if (activation === 'linear') return { output: x };
  if (Object.hasOwn(activations, activation)) return { output: layers.activation({ name, activation: activations[activation] as 'relu' }).apply(x) as Value };
  if (activation === 'hard_sigmoid') return { output: node.generation >= 3 ? composed.hardSigmoid(name, x) : (layers.activation({ name, activation: 'hardSigmoid' }).apply(x) as Value) };
  if (activation === 'hard_silu' || activation === 'hard_swish') return { output: composed.hardSwish(name, x) };
  if (activation === 'leaky_relu') return { output: layers.leakyReLU({ name, alpha: 0.2 }).apply(x) as Value };
  return `activation ${activation}`;
};

/** Keras writes it as a name, or as an object with one. */
function activationName(value: unknown): string {
  if (typeof value === 'string') return value;
  const { class_name: className, config } = (value ?? {}) as { class_name?: string; config?: unknown };
  return typeof config === 'string' ? config : (className?.toLowerCase() ?? 'linear');
}

/** The weights are read anyway, and drawing millions of random numbers takes seconds. */
const zeros = { depthwiseInitializer: 'zeros', pointwiseInitializer: 'zeros' } as const;
const zeroKernel = { kernelInitializer: 'zeros' } as const;

/** A layer with a kernel, its activation behind it unless tfjs can do it in the layer. */
function withKernel(make: (config: KerasNode['config']) => tf.layers.Layer): Builder {
  return (node, [x]) => {
    const { config, name } = node;
    if (typeof config.groups === 'number' && config.groups > 1) return 'convolution in groups';
    const activation = activationName(config.activation);
    const stock = Object.hasOwn(activations, activation) && activation !== 'linear';
    const layer = make({ ...config, name, stock: stock ? activations[activation] : undefined });
    const output = layer.apply(x!) as Value;
    const activated = stock ? { output } : activate(node, `${name}.activation`, output, activation);
    return typeof activated === 'string' ? activated : { ...activated, layer };
  };
}

const convolution = ({ name, filters, kernel_size: kernelSize, strides, padding, dilation_rate: dilationRate, use_bias: useBias, depth_multiplier: depthMultiplier, stock }: KerasNode['config']) =>
  ({ name, filters, kernelSize, strides, padding, dilationRate, useBias, ...(depthMultiplier ? { depthMultiplier } : {}), activation: stock, ...zeros });

const plain = (make: (config: KerasNode['config']) => tf.layers.Layer): Builder => (node, inputs) => {
  const layer = make({ ...node.config, name: node.name });
  return { output: layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as Value, layer };
};

const merging = (make: (config: never) => tf.layers.Layer) => plain(({ name }) => make({ name } as never));
const pooling = (make: (config: never) => tf.layers.Layer) => plain(({ name, pool_size: poolSize, strides, padding }) => make({ name, poolSize, strides, padding } as never));

const globalPooling = (make: (config: { name: string }) => tf.layers.Layer): Builder => ({ name, config }, [x]) => {
  if (!config.keepdims) return { output: make({ name }).apply(x!) as Value };
  const vector = make({ name: `${name}.vector` }).apply(x!) as Value;
  return { output: layers.reshape({ name, targetShape: [1, 1, x!.shape.at(-1)!] }).apply(vector) as Value };
};

/** What acts in training only, where Thaw has its own. */
const passed: Builder = (_, [x]) => ({ output: x! });

/** x · scale + offset, a number per channel each: a 1 × 1 convolution of every channel by itself. */
function perChannel(name: string, x: Value, scaleAndOffset: (stored: Stored[]) => [scale: number[], offset: number[]]): BuiltLayer {
  const channels = x.shape.at(-1)!;
  const layer = layers.depthwiseConv2d({ name, kernelSize: 1, depthwiseInitializer: 'zeros' });
  const spread = (values: number[]) => Float32Array.from({ length: channels }, (_, channel) => values[channel % values.length]!);
  return {
    layer,
    output: layer.apply(x) as Value,
    weights: (stored) => {
      const [scale, offset] = scaleAndOffset(stored);
      return [{ shape: [1, 1, channels, 1], values: spread(scale) }, { shape: [channels], values: spread(offset) }];
    },
  };
}

const listOf = (value: unknown, otherwise: number): number[] => (typeof value === 'number' ? [value] : Array.isArray(value) ? value.flat(Infinity).map(Number) : [otherwise]);

const rescaling: Builder = ({ name, config }, [x]) => {
  const [scale, offset] = [listOf(config.scale, 1), listOf(config.offset, 0)];
  if (scale.length > 1 || offset.length > 1) return perChannel(name, x!, () => [scale, offset]);
  return { output: layers.rescaling({ name, scale: scale[0]!, offset: offset[0]! }).apply(x!) as Value };
};

/** (x − mean) / √variance, of the config or of the file: [mean, variance, count]. */
const normalization: Builder = ({ name, config }, [x]) => (config.invert ? 'Normalization that inverts' : perChannel(name, x!, (stored) => {
  const mean = config.mean != null ? listOf(config.mean, 0) : [...stored[0]!.values];
  const variance = config.variance != null ? listOf(config.variance, 1) : [...stored[1]!.values];
  const scale = variance.map((each) => 1 / Math.max(Math.sqrt(each), 1e-7));
  return [scale, mean.map((each, channel) => -each * scale[channel % scale.length]!)];
}));

/** + − × ÷ of a tensor and a number, or of two tensors. */
const arithmetic = (operation: 'add' | 'subtract' | 'multiply' | 'divide'): Builder => ({ name, operands }, inputs) => {
  if (inputs.length === 2 && operation === 'add') return { output: layers.add({ name }).apply(inputs) as Value };
  if (inputs.length === 2 && operation === 'multiply') return { output: layers.multiply({ name }).apply(inputs) as Value };
  const constant = operands.find((operand) => typeof operand !== 'string');
  if (inputs.length !== 1 || constant === undefined) return `${operation} of two tensors`;
  const values = listOf(constant, 0);
  const tensorFirst = typeof operands[0] === 'string';
  if (operation === 'divide' && !tensorFirst) return 'division by a tensor';
  const scale = operation === 'multiply' ? values : operation === 'divide' ? values.map((value) => 1 / value) : [operation === 'subtract' && !tensorFirst ? -1 : 1];
  const offset = operation === 'add' || (operation === 'subtract' && !tensorFirst) ? values : operation === 'subtract' ? values.map((value) => -value) : [0];
  if (scale.length > 1 || offset.length > 1) return perChannel(name, inputs[0]!, () => [scale, offset]);
  return { output: layers.rescaling({ name, scale: scale[0]!, offset: offset[0]! }).apply(inputs[0]!) as Value };
};

/** By the name TensorFlow gives the function. */
const tensorflowOperations: Readonly<Record<string, Builder>> = {
  '__operators__.add': arithmetic('add'), 'math.add': arithmetic('add'), 'nn.bias_add': arithmetic('add'), 'math.subtract': arithmetic('subtract'),
  'math.multiply': arithmetic('multiply'), 'math.truediv': arithmetic('divide'), 'math.divide': arithmetic('divide'),
};

const oneAxis = (axis: unknown) => (Array.isArray(axis) ? (axis[0] as number) : (axis as number));

/** By Keras's class of the layer. A string says what of it tfjs cannot do. */
export const layerBuilders: Readonly<Record<string, Builder>> = {
  Conv2D: withKernel((config) => layers.conv2d({ ...convolution(config), ...zeroKernel } as never)),
  DepthwiseConv2D: withKernel((config) => layers.depthwiseConv2d(convolution(config) as never)),
  SeparableConv2D: withKernel((config) => layers.separableConv2d(convolution(config) as never)),
  Conv2DTranspose: withKernel((config) => layers.conv2dTranspose({ ...convolution(config), ...zeroKernel } as never)),
  Dense: withKernel(({ name, units, use_bias: useBias, stock }) => layers.dense({ name, units, useBias, activation: stock, ...zeroKernel } as never)),
  BatchNormalization: plain(({ name, axis, momentum, epsilon, center, scale }) => layers.batchNormalization({ name, axis: oneAxis(axis), momentum, epsilon, center, scale } as never)),
  LayerNormalization: plain(({ name, axis, epsilon, center, scale }) => layers.layerNormalization({ name, axis, epsilon, center, scale } as never)),
  Activation: (node, [x]) => activate(node, node.name, x!, activationName(node.config.activation)),
  ReLU: ({ name, config }, [x]) => {
    const slope = Number(config.negative_slope ?? 0);
    if (Number(config.threshold ?? 0) !== 0 || (slope !== 0 && config.max_value != null)) return 'ReLU with a threshold, or with a slope and a maximum';
    return { output: (slope === 0 ? layers.reLU({ name, maxValue: (config.max_value as number | null) ?? undefined }) : layers.leakyReLU({ name, alpha: slope })).apply(x!) as Value };
  },
  LeakyReLU: plain(({ name, alpha, negative_slope: slope }) => layers.leakyReLU({ name, alpha: Number(slope ?? alpha ?? 0.3) } as never)),
  ELU: plain(({ name, alpha }) => layers.elu({ name, alpha } as never)),
  PReLU: plain(({ name, shared_axes: sharedAxes }) => layers.prelu({ name, ...(sharedAxes ? { sharedAxes } : {}) } as never)),
  Softmax: plain(({ name, axis }) => layers.softmax({ name, axis: oneAxis(axis) } as never)),
  MaxPooling2D: pooling(layers.maxPooling2d),
  AveragePooling2D: pooling(layers.averagePooling2d),
  GlobalAveragePooling2D: globalPooling(layers.globalAveragePooling2d),
  GlobalMaxPooling2D: globalPooling(layers.globalMaxPooling2d),
  ZeroPadding2D: plain(({ name, padding }) => layers.zeroPadding2d({ name, padding } as never)),
  Cropping2D: plain(({ name, cropping }) => layers.cropping2D({ name, cropping } as never)),
  UpSampling2D: plain(({ name, size, interpolation }) => layers.upSampling2d({ name, size, interpolation } as never)),
  Flatten: plain(({ name }) => layers.flatten({ name } as never)),
  Reshape: plain(({ name, target_shape: targetShape }) => layers.reshape({ name, targetShape } as never)),
  Permute: plain(({ name, dims }) => layers.permute({ name, dims } as never)),
  Add: merging(layers.add),
  Multiply: merging(layers.multiply),
  Average: merging(layers.average),
  Maximum: merging(layers.maximum),
  Minimum: merging(layers.minimum),
  Concatenate: plain(({ name, axis }) => layers.concatenate({ name, axis } as never)),
  Dropout: (node, inputs) => (node.config.noise_shape ? passed(node, inputs) : { output: layers.dropout({ name: node.name, rate: Number(node.config.rate) }).apply(inputs[0]!) as Value }),
  ...Object.fromEntries(['SpatialDropout2D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'ActivityRegularization', 'RandomFlip', 'RandomRotation', 'RandomZoom', 'RandomTranslation', 'RandomContrast', 'RandomBrightness'].map((name) => [name, passed])),
  Rescaling: rescaling,
  Normalization: normalization,
  TFOpLambda: (node, inputs) => tensorflowOperations[String(node.config.function)]?.(node, inputs) ?? `tf.${String(node.config.function)}`,
  Subtract: arithmetic('subtract'),
  TrueDivide: arithmetic('divide'),
  Divide: arithmetic('divide'),
};

/** A Keras 3 operation shares its name with a layer; it may have a number for an operand, which a layer never has. */
export function builderOf({ className, operands }: KerasNode): Builder | undefined {
  const withConstant = operands.some((operand) => typeof operand !== 'string');
  if (withConstant && className === 'Add') return arithmetic('add');
  if (withConstant && className === 'Multiply') return arithmetic('multiply');
  return Object.hasOwn(layerBuilders, className) ? layerBuilders[className] : undefined;
}
