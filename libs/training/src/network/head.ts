import * as tf from '@tensorflow/tfjs';
import { randomStream } from '../random';
import { glorotUniform } from './initial-weights';
import type { Pass } from './steps';

/** The new classifier: global average pooling of a feature map, dropout, one dense layer. */
export interface Head {
  kernel: tf.Variable;
  bias: tf.Variable;
  /** [n, height, width, channels] or [n, channels] → [n, channels] */
  pool(features: tf.Tensor): tf.Tensor2D;
  /** [n, channels] → [n, classes], before softmax */
  logits(pooled: tf.Tensor2D, pass: Pass): tf.Tensor2D;
  /** The same as Keras layers, to be saved. */
  layers(): tf.layers.Layer[];
  dispose(): void;
}

export function createHead(featureShape: tf.Shape, classes: number, dropout: number, seed: number): Head {
  const isMap = featureShape.length === 4;
  const channels = isMap ? featureShape[3] : featureShape.slice(1).reduce<number | null>((product, side) => (product === null || side === null ? null : product * side), 1);
  if (!channels) throw new Error(`The feature layer gives [${featureShape.slice(1).join(', ')}]; its channels must be known.`);
  const kernel = tf.tidy(() => tf.variable(glorotUniform([channels, classes], randomStream(seed, 'weights', 'head')) as tf.Tensor2D));
  const bias = tf.tidy(() => tf.variable(tf.zeros([classes])));

  return {
    kernel,
    bias,
    pool: (features) => (isMap ? tf.mean(features, [1, 2]) : tf.reshape(features, [-1, channels])) as tf.Tensor2D,
    logits(pooled, { training, draw }) {
      const kept = training && dropout > 0 ? tf.mul(pooled, draw(pooled.shape, dropout)) : pooled;
      return tf.add(tf.matMul(kept as tf.Tensor2D, kernel as tf.Tensor2D), bias);
    },
    layers: () => [
      ...(isMap ? [tf.layers.globalAveragePooling2d({ name: 'head_pooling' })] : []),
      ...(featureShape.length === 3 ? [tf.layers.flatten({ name: 'head_flatten' })] : []),
      tf.layers.dropout({ name: 'head_dropout', rate: dropout }),
      tf.layers.dense({ name: 'head_predictions', units: classes, activation: 'softmax' }),
    ],
    dispose: () => tf.dispose([kernel, bias]),
  };
}
