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
  nesterov: boolean;
}

type UpdateRule = (update: Update) => { change: tf.Tensor; slots: Slots };

const epsilon = 1e-7;

/** Exponential average that starts at zero. */
const average = (old: tf.Tensor | undefined, value: tf.Tensor, keep: number) =>
  old ? tf.add(tf.mul(old, keep), tf.mul(value, 1 - keep)) : tf.mul(value, 1 - keep);

/** PyTorch's Adam (β 0.9 and 0.999, ε beside the corrected root) with Keras's ε of 1e-7. */
const adam: UpdateRule = ({ gradient, slots, steps, rate }) => {
  const mean = average(slots.mean, gradient, 0.9);
  const square = average(slots.square, tf.square(gradient), 0.999);
  const correction = Math.sqrt(1 - 0.999 ** steps);
  const denominator = tf.add(tf.div(tf.sqrt(square), correction), epsilon);
  return { change: tf.mul(tf.div(mean, denominator), rate / (1 - 0.9 ** steps)), slots: { mean, square } };
};

/** PyTorch's SGD without dampening: the velocity starts as the first gradient and the rate is applied to it afterwards. */
const sgd: UpdateRule = ({ gradient, slots, rate, momentum, nesterov }) => {
  const velocity = slots.velocity ? tf.add(tf.mul(slots.velocity, momentum), gradient) : tf.clone(gradient);
  const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
  return { change: tf.mul(direction, rate), slots: { velocity } };
};

/** Keras's RMSprop (ρ 0.9, no momentum, ε of 1e-7 under the root). */
const rmsprop: UpdateRule = ({ gradient, slots, rate }) => {
  const square = average(slots.square, tf.square(gradient), 0.9);
  return { change: tf.mul(tf.div(gradient, tf.sqrt(tf.add(square, epsilon))), rate), slots: { square } };
};

/** Pure: from a gradient and what was remembered, what to subtract from the variable and what to remember. */
export const updateRules: Record<Hyperparameters['optimizer'], UpdateRule> = { adam, adamw: adam, sgd, rmsprop };
