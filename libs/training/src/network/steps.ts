import * as tf from '@tensorflow/tfjs';
import { batchNormTraining } from '../kernels/batch-norm';
import { addBias } from '../kernels/bias';
import type { Draw } from '../kernels/native/graph/compiled';
import { layerNorm } from '../kernels/layer-norm';
import { nativeBackend } from '../kernels/native/native-backend';
import { rectify } from '../kernels/rectifiers';
import type { ActivationName, ConvolutionParts, Layer, NormParts } from './layer-parts';

/** How the network is run: training keeps what gradients need and draws dropout. */
export interface Pass {
  training: boolean;
  /** A dropout mask: zeros where inputs are dropped, 1 / (1 − rate) where they are kept. */
  draw: Draw;
}

export interface StepFunction {
  run(inputs: tf.Tensor[], pass: Pass): tf.Tensor;
  dispose?(): void;
}

/**
 * A convolution with the frozen normalisation and the rectifier after it. The normalisation is folded into kernel
 * and bias, which is exact: conv(x, k) · s + b = conv(x, k · s) + b.
 */
export function convolutionStep(conv: ConvolutionParts, norm: NormParts | null, activation: ActivationName, frozen: boolean): StepFunction {
  const scale = norm && tf.tidy(() => tf.keep(scaleOf(norm)));
  const bias = norm ? tf.tidy(() => tf.keep(biasOf(norm, scale!, conv.bias))) : null;
  // A depthwise kernel ends in [in, multiplier], which together are the output channels.
  const fold = () => (scale ? (tf.mul(conv.kernel, conv.depthwise ? tf.reshape(scale, conv.kernel.shape.slice(2)) : scale) as tf.Tensor4D) : conv.kernel);
  const folded = frozen && scale ? tf.tidy(() => tf.keep(fold())) : null;

  return {
    run([x], { training }) {
      const filter = folded ?? fold();
      const added = bias ?? conv.bias;
      if (!training && conv.dilation[0] === 1 && !nativeBackend()) return fused(x as tf.Tensor4D, filter, added, conv, activation);
      const convolved = conv.depthwise
        ? tf.depthwiseConv2d(x as tf.Tensor4D, filter, conv.strides, conv.padding, 'NHWC', conv.dilation)
        : tf.conv2d(x as tf.Tensor4D, filter, conv.strides, conv.padding, 'NHWC', conv.dilation);
      return rectify(added ? addBias(convolved, added) : convolved, activation);
    },
    dispose() {
      tf.dispose([scale, bias, folded].filter((tensor) => tensor !== null));
    },
  };
}

function fused(x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor | null, { depthwise, strides, padding: pad }: ConvolutionParts, activation: ActivationName): tf.Tensor {
  const options = { x, filter, strides, pad, activation, ...(bias ? { bias } : {}) };
  return depthwise ? tf.fused.depthwiseConv2d(options) : tf.fused.conv2d(options);
}

/** Frozen normalisation on its own: one multiplication and one addition. */
export function affineStep(norm: NormParts): StepFunction {
  const scale = tf.tidy(() => tf.keep(scaleOf(norm)));
  const bias = tf.tidy(() => tf.keep(biasOf(norm, scale, null)));
  return {
    run: ([x]) => tf.add(tf.mul(x!, scale), bias),
    dispose: () => tf.dispose([scale, bias]),
  };
}

/** Normalises by the batch while training and moves the running statistics; by those otherwise. */
export function trainedNormStep(norm: NormParts): StepFunction {
  const channels = norm.mean.shape;
  return {
    run([x], { training }) {
      const gamma = norm.gamma ?? tf.ones(channels);
      const beta = norm.beta ?? tf.zeros(channels);
      if (!training) return tf.batchNorm(x as tf.Tensor4D, norm.mean as tf.Tensor1D, norm.variance as tf.Tensor1D, beta as tf.Tensor1D, gamma as tf.Tensor1D, norm.epsilon);
      return batchNormTraining(x!, gamma, beta, norm.epsilon, ({ mean, variance }) => {
        move(norm.mean, mean, norm.momentum);
        move(norm.variance, variance, norm.momentum);
      });
    },
  };
}

export const layerNormStep = ({ gamma, beta, epsilon }: Pick<NormParts, 'gamma' | 'beta' | 'epsilon'>): StepFunction => ({
  run: ([x]) => layerNorm(x!, gamma ?? tf.ones(x!.shape.slice(-1)), beta ?? tf.zeros(x!.shape.slice(-1)), epsilon),
});

const move = (variable: tf.Variable, value: tf.Tensor, momentum: number) =>
  tf.tidy(() => variable.assign(tf.add(tf.mul(variable, momentum), tf.mul(value, 1 - momentum))));

export const rectifierStep = (name: ActivationName): StepFunction => ({ run: ([x]) => (name === 'linear' ? tf.clone(x!) : rectify(x!, name)) });

export const dropoutStep = (rate: number): StepFunction => ({
  run: ([x], { training, draw }) => (training && rate > 0 ? tf.mul(x!, draw(x!.shape, rate)) : tf.clone(x!)),
});

/** Any other layer as tfjs computes it, in inference mode. */
export const layerStep = (layer: Layer): StepFunction => ({
  run: (inputs) => layer.call(inputs.length === 1 ? inputs[0]! : inputs, { training: false }) as tf.Tensor,
});

const scaleOf = ({ gamma, variance, epsilon }: NormParts) => {
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  return gamma ? tf.mul(inverse, gamma) : inverse;
};

function biasOf({ beta, mean }: NormParts, scale: tf.Tensor, convBias: tf.Tensor | null): tf.Tensor {
  const shifted = tf.mul(tf.sub(convBias ?? tf.zeros(mean.shape), mean), scale);
  return beta ? tf.add(shifted, beta) : shifted;
}
