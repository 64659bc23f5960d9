import * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';

/** What an optimizer remembers about one variable. */
export type Slots = Record<string, tf.Tensor>;

interface Update {
  gradient: tf.Tensor;
  slots: Slots;
  /** Updates of this variable, this one included. */
  steps: number;
  rate: number;
  momentum: number;
}

type UpdateRule = (update: Update) => { change: tf.Tensor; slots: Slots };

const epsilon = 1e-7;

/** Exponential average that starts at zero. */
const average = (old: tf.Tensor | undefined, value: tf.Tensor, keep: number) =>
  old ? tf.add(tf.mul(old, keep), tf.mul(value, 1 - keep)) : tf.mul(value, 1 - keep);

/** PyTorch's form of Adam with Keras's epsilon. */
const adam: UpdateRule = ({ gradient, slots, steps, rate }) => {
  const mean = average(slots.mean, gradient, 0.9);
  const square = average(slots.square, tf.square(gradient), 0.999);
  const correction = Math.sqrt(1 - 0.999 ** steps);
  const denominator = tf.add(tf.div(tf.sqrt(square), correction), epsilon);
  return { change: tf.mul(tf.div(mean, denominator), rate / (1 - 0.9 ** steps)), slots: { mean, square } };
};

/** `change` is what is subtracted from the variable. */
export const updateRules: Record<Hyperparameters['optimizer'], UpdateRule> = {
  adam,
  adamw: adam,
  sgd({ gradient, slots, rate, momentum }) {
    const velocity = slots.velocity ? tf.add(tf.mul(slots.velocity, momentum), gradient) : tf.clone(gradient);
    return { change: tf.mul(velocity, rate), slots: { velocity } };
  },
  rmsprop({ gradient, slots, rate }) {
    const square = average(slots.square, tf.square(gradient), 0.9);
    return { change: tf.mul(tf.div(gradient, tf.sqrt(tf.add(square, epsilon))), rate), slots: { square } };
  },
};
