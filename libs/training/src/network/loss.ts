import * as tf from '@tensorflow/tfjs';

/**
 * Mean over the pictures of −Σ target · log softmax(logits); logits and targets are [n, classes]. Targets may be any
 * probabilities (mixed pictures), times any class weights. PyTorch's cross_entropy with probabilities as targets.
 */
export function crossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.mean(tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1))) as tf.Scalar;
}

/** [n, classes] probabilities, `labelSmoothing` of each picture's spread over all classes. Mixes of rows are smoothed mixes. */
export function targetDistributions(labels: ArrayLike<number>, classes: number, labelSmoothing: number): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(labelSmoothing / classes);
  for (let row = 0; row < labels.length; row++) targets[row * classes + labels[row]!]! += 1 - labelSmoothing;
  return targets;
}

/** Keras's class_weight for probabilities: what a picture adds to the loss, class by class. Returns `targets`, changed. */
export function weightedTargets(targets: Float32Array, weights: ArrayLike<number>): Float32Array {
  for (let index = 0; index < targets.length; index++) targets[index]! *= weights[index % weights.length]!;
  return targets;
}
