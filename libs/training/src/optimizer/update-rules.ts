import * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';

/** What an optimizer remembers about one variable, by name; zeros before its first update. */
export type Slots = Record<string, tf.Tensor>;

interface Update {
  gradient: tf.Tensor;
  slots: Slots;
  /** What `numbers` gives for this step. */
  numbers: tf.Tensor[];
  momentum: number;
  nesterov: boolean;
}

/** Pure: from a gradient and what was remembered, what to subtract from the variable and what to remember. */
export interface UpdateRule {
  slots: readonly string[];
  /** Everything that differs from step to step; `steps` counts updates of the variable, this one included. */
  numbers(rate: number, steps: number): number[];
  update(update: Update): { change: tf.Tensor; slots: Slots };
}

const epsilon = 1e-7;

/** Exponential average. */
const average = (old: tf.Tensor, value: tf.Tensor, keep: number) => tf.add(tf.mul(old, keep), tf.mul(value, 1 - keep));

/** PyTorch's Adam (β 0.9 and 0.999, ε beside the corrected root) with Keras's ε of 1e-7. */
const adam: UpdateRule = {
  slots: ['mean', 'square'],
  numbers: (rate, steps) => [rate / (1 - 0.9 ** steps), 1 / Math.sqrt(1 - 0.999 ** steps)],
  update({ gradient, slots, numbers: [rate, correction] }) {
    const mean = average(slots.mean!, gradient, 0.9);
    const square = average(slots.square!, tf.square(gradient), 0.999);
    const denominator = tf.add(tf.mul(tf.sqrt(square), correction!), epsilon);
    return { change: tf.mul(tf.div(mean, denominator), rate!), slots: { mean, square } };
  },
};

/** PyTorch's SGD without dampening: the velocity starts as the first gradient and the rate is applied to it afterwards. */
const sgd: UpdateRule = {
  slots: ['velocity'],
  numbers: (rate) => [rate],
  update({ gradient, slots, numbers: [rate], momentum, nesterov }) {
    const velocity = tf.add(tf.mul(slots.velocity!, momentum), gradient);
    const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
    return { change: tf.mul(direction, rate!), slots: { velocity } };
  },
};

/** Keras's RMSprop (ρ 0.9, no momentum, ε of 1e-7 under the root). */
const rmsprop: UpdateRule = {
  slots: ['square'],
  numbers: (rate) => [rate],
  update({ gradient, slots, numbers: [rate] }) {
    const square = average(slots.square!, tf.square(gradient), 0.9);
    return { change: tf.mul(tf.div(gradient, tf.sqrt(tf.add(square, epsilon))), rate!), slots: { square } };
  },
};

export const updateRules: Record<Hyperparameters['optimizer'], UpdateRule> = { adam, adamw: adam, sgd, rmsprop };
