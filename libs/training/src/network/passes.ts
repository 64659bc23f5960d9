import * as tf from '@tensorflow/tfjs';
import type { LayerNode } from '@thaw/model-zoo';
import { compiled, type Draw } from '../kernels/native/graph/compiled';
import { randomStream } from '../random';
import type { Body } from './body';
import type { Head } from './head';
import { gradientNorm } from '../optimizer/gradient-norm';
import { crossEntropy } from './loss';

/** What is computed of a network in a stage; the caller owns all results. */
export interface Passes {
  /** Pictures as far as they are frozen, pooled when that is the whole backbone. */
  frozenPart(pictures: tf.Tensor): tf.Tensor;
  /** From what frozenPart gives, without dropout. */
  logits(input: tf.Tensor): tf.Tensor2D;
  /** The same logits, and what the last layer read: [n, channels]. */
  logitsAndFeatures(input: tf.Tensor): { logits: tf.Tensor2D; features: tf.Tensor2D };
  /** From what frozenPart gives; `targets` as crossEntropy has them, nextSeed gives a fresh integer for every dropout, in a fixed order. */
  lossAndGradients(input: tf.Tensor, targets: Float32Array, nextSeed: () => number): { loss: tf.Scalar; logits: tf.Tensor2D; /** of all gradients together */ norm: tf.Scalar; gradients: tf.NamedTensorMap };
  dispose(): void;
}

interface PassesOptions {
  graph: readonly LayerNode[];
  head: Head;
  classes: number;
  body: Body;
  frozenUpTo: number;
  /** Whether the head's pooling belongs to the frozen part. */
  pooled: boolean;
  /** What gradients are wanted of. */
  trained: readonly tf.Variable[];
}

export function createPasses({ graph, head, classes, body, frozenUpTo, pooled, trained }: PassesOptions): Passes {
  const last = graph.length - 1;
  const weights = graph.flatMap(({ layer }) => layer.weights.map((weight) => weight.read() as tf.Variable));
  const variables = [...new Set([...weights, head.kernel, head.bias])];
  const pool = (value: tf.Tensor) => (pooled ? (value as tf.Tensor2D) : head.pool(value));

  const frozenPart = compiled(([pictures], draw) => {
    const value = body.run(0, pictures!, frozenUpTo, { training: false, draw });
    return [pooled ? head.pool(value) : value];
  }, variables);
  const features = (input: tf.Tensor, training: boolean, draw: Draw) => pool(pooled ? input : body.run(frozenUpTo, input, last, { training, draw }));
  const forward = (input: tf.Tensor, training: boolean, draw: Draw) => head.logits(features(input, training, draw), { training, draw });
  const logits = compiled(([input], draw) => [forward(input!, false, draw)], variables);
  const both = compiled(([input], draw) => {
    const seen = features(input!, false, draw);
    return [head.logits(seen, { training: false, draw }), seen];
  }, variables);
  const lossAndGradients = compiled(([input, targets], draw) => {
    let output: tf.Tensor2D | null = null;
    const { value, grads } = tf.variableGrads(() => {
      const logits = forward(input!, true, draw);
      output = tf.keep(tf.clone(logits));
      return crossEntropy(logits, targets as tf.Tensor2D);
    }, [...trained]);
    return [value, output!, gradientNorm(grads), ...trained.map((variable) => grads[variable.name]!)];
  }, variables);

  return {
    frozenPart: (pictures) => frozenPart([pictures])[0]!,
    logits: (input) => logits([input])[0] as tf.Tensor2D,
    logitsAndFeatures(input) {
      if (pooled) return { logits: logits([input])[0] as tf.Tensor2D, features: tf.clone(input) as tf.Tensor2D };
      const [scores, seen] = both([input]) as [tf.Tensor2D, tf.Tensor2D];
      return { logits: scores, features: seen };
    },
    lossAndGradients(input, targets, nextSeed) {
      const wanted = tf.tensor2d(targets, [input.shape[0]!, classes]);
      const [loss, output, norm, ...gradients] = lossAndGradients([input, wanted], (shape, rate) => dropoutMask(shape, rate, nextSeed()));
      wanted.dispose();
      return { loss: loss as tf.Scalar, logits: output as tf.Tensor2D, norm: norm as tf.Scalar, gradients: Object.fromEntries(trained.map(({ name }, index) => [name, gradients[index]!])) };
    },
    dispose: () => [frozenPart, logits, both, lossAndGradients].forEach((one) => one.dispose()),
  };
}

/** Drawn here rather than by the backend, so that every backend drops the same inputs. */
function dropoutMask(shape: number[], rate: number, seed: number): tf.Tensor {
  const random = randomStream(seed, 'dropout');
  const mask = new Float32Array(tf.util.sizeFromShape(shape));
  const kept = 1 / (1 - rate);
  for (let at = 0; at < mask.length; at++) mask[at] = random() < rate ? 0 : kept;
  return tf.tensor(mask, shape);
}
