import * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';
import { updateRules, type Slots } from './update-rules';

/** One variable being trained. */
export interface Parameter {
  variable: tf.Variable;
  /** Before the schedule's factor. */
  learningRate: number;
  /** Weight decay is for kernels; biases and normalisation go without. */
  decays: boolean;
}

export interface Optimizer {
  step(parameters: readonly Parameter[], gradients: tf.NamedTensorMap, rateFactor: number): void;
  dispose(): void;
}

/** State lives per variable, so a variable that joins later starts afresh and the others go on as they were. */
export function createOptimizer(config: Pick<Hyperparameters, 'optimizer' | 'momentum' | 'weightDecay'>): Optimizer {
  const rule = updateRules[config.optimizer];
  const states = new Map<number, { slots: Slots; steps: number }>();

  return {
    step: (parameters, gradients, rateFactor) => tf.tidy(() => {
      for (const { variable, learningRate, decays } of parameters) {
        const state = states.get(variable.id) ?? { slots: {}, steps: 0 };
        states.set(variable.id, state);
        state.steps += 1;
        const rate = learningRate * rateFactor;
        const decay = decays ? config.weightDecay : 0;
        const decoupled = config.optimizer === 'adamw';
        const gradient = gradients[variable.name]!;
        const { change, slots } = rule({
          gradient: decay > 0 && !decoupled ? tf.add(gradient, tf.mul(variable, decay)) : gradient,
          slots: state.slots, steps: state.steps, rate, momentum: config.momentum,
        });
        const shrunk = decay > 0 && decoupled ? tf.mul(variable, 1 - rate * decay) : variable;
        variable.assign(tf.sub(shrunk, change));
        tf.dispose(Object.values(state.slots));
        for (const slot of Object.values(slots)) tf.keep(slot);
        state.slots = slots;
      }
    }),
    dispose() {
      for (const { slots } of states.values()) tf.dispose(Object.values(slots));
      states.clear();
    },
  };
}
