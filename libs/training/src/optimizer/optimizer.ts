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

/** What multiplies every learning rate and every gradient in one step. */
export interface StepFactors {
  rate: number;
  gradient: number;
}

export interface Optimizer {
  step(parameters: readonly Parameter[], gradients: tf.NamedTensorMap, factors: StepFactors): void;
  dispose(): void;
}

/**
 * State lives per variable, so a variable that joins later starts afresh and the others go on as they were.
 * Weight decay is PyTorch's: for adamw the weight shrinks by rate × decay beside the step, for the others decay × weight
 * is added to the (already clipped) gradient.
 */
export function createOptimizer(config: Pick<Hyperparameters, 'optimizer' | 'momentum' | 'nesterov' | 'weightDecay'>): Optimizer {
  const { momentum, nesterov } = config;
  const rule = updateRules[config.optimizer];
  const decoupled = config.optimizer === 'adamw';
  const states = new Map<number, { slots: Slots; steps: number }>();

  return {
    step: (parameters, gradients, factors) => tf.tidy(() => {
      for (const { variable, learningRate, decays } of parameters) {
        const state = states.get(variable.id) ?? { slots: {}, steps: 0 };
        states.set(variable.id, state);
        state.steps += 1;
        const rate = learningRate * factors.rate;
        const decay = decays ? config.weightDecay : 0;
        const given = gradients[variable.name]!;
        const clipped = factors.gradient === 1 ? given : tf.mul(given, factors.gradient);
        const gradient = decay > 0 && !decoupled ? tf.add(clipped, tf.mul(variable, decay)) : clipped;
        const { change, slots } = rule({ gradient, slots: state.slots, steps: state.steps, rate, momentum, nesterov });
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
