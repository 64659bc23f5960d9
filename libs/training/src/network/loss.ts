import * as tf from '@tensorflow/tfjs';

/** Mean cross-entropy of logits [n, classes], `labelSmoothing` of the target spread over all classes. */
export function crossEntropy(logits: tf.Tensor2D, labels: readonly number[], labelSmoothing: number): tf.Scalar {
  const classes = logits.shape[1];
  const targets = tf.tensor2d(targetDistributions(labels, classes, labelSmoothing), [labels.length, classes]);
  return tf.mean(tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1))) as tf.Scalar;
}

function targetDistributions(labels: readonly number[], classes: number, labelSmoothing: number): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(labelSmoothing / classes);
  labels.forEach((label, row) => { targets[row * classes + label]! += 1 - labelSmoothing; });
  return targets;
}
