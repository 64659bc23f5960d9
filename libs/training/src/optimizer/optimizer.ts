import * as tf from '@tensorflow/tfjs';
import type { Hyperparameters } from '@thaw/config';
import { compiled, type Compiled } from '../kernels/native/graph/compiled';
import { updateRules } from './update-rules';

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
  /** What is remembered of each variable, by its id. */
  remembered(): ReadonlyMap<number, OptimizerMemory>;
  /** Goes on from what was remembered; takes the values over. Before the first step only. */
  remember(variable: tf.Variable, memory: { slots: Readonly<Record<string, tf.Tensor>>; steps: number }): void;
  dispose(): void;
}

/** What an optimizer knows of one variable. */
export interface OptimizerMemory {
  /** By the names the update rule has for them. */
  slots: Readonly<Record<string, tf.Variable>>;
  /** Updates so far. */
  steps: number;
}

/**
 * State lives per variable, so a variable that joins later starts afresh and the others go on as they were.
 * Weight decay is PyTorch's: for adamw the weight shrinks by rate × decay beside the step, for the others decay × weight
 * is added to the (already clipped) gradient.
 */
export function createOptimizer(config: Pick<Hyperparameters, 'optimizer' | 'momentum' | 'nesterov' | 'weightDecay' | 'clipNorm'>): Optimizer {
  const rule = updateRules[config.optimizer];
  const states = new Map<number, OptimizerMemory>();
  let prepared: { parameters: string; update: Compiled } | null = null;

  const begin = (variable: tf.Variable, steps: number, value: (slot: string) => tf.Tensor): OptimizerMemory => {
    const state = { slots: tf.tidy(() => Object.fromEntries(rule.slots.map((slot) => [slot, tf.variable(value(slot), false)]))), steps };
    states.set(variable.id, state);
    return state;
  };
  const stateOf = ({ variable }: Parameter) => states.get(variable.id) ?? begin(variable, 0, () => tf.zerosLike(variable));
  const prepare = (parameters: readonly Parameter[]): Compiled => {
    const names = parameters.map(({ variable, decays }) => `${variable.id}${decays ? 'd' : ''}`).join();
    if (prepared?.parameters !== names) {
      prepared?.update.dispose();
      prepared = { parameters: names, update: compileUpdate(config, parameters, parameters.map((parameter) => stateOf(parameter).slots)) };
    }
    return prepared.update;
  };

  return {
    step(parameters, gradients, factors) {
      const update = prepare(parameters);
      const numbers = parameters.flatMap((parameter) => {
        const rate = parameter.learningRate * factors.rate;
        return [1 - rate * config.weightDecay, ...rule.numbers(rate, ++stateOf(parameter).steps)];
      });
      const given = tf.tensor1d([factors.gradient, ...numbers]);
      update([given, ...parameters.map(({ variable }) => gradients[variable.name]!)]);
      given.dispose();
    },
    remembered: () => states,
    remember(variable, { slots, steps }) {
      begin(variable, steps, (slot) => slots[slot]!);
      tf.dispose(Object.values(slots));
    },
    dispose() {
      prepared?.update.dispose();
      for (const { slots } of states.values()) tf.dispose(Object.values(slots));
      states.clear();
    },
  };
}

/** What is remembered of each variable. */
export const slotsOf = ({ optimizer }: Pick<Hyperparameters, 'optimizer'>): readonly string[] => updateRules[optimizer].slots;

/** All updates of a step as one computation. It takes the numbers of the step, [factor of the gradients, of each parameter: what decoupled decay leaves, numbers of the rule …], and the gradients. */
function compileUpdate({ optimizer, momentum, nesterov, weightDecay, clipNorm }: Parameters<typeof createOptimizer>[0], parameters: readonly Parameter[], slots: readonly OptimizerMemory['slots'][]): Compiled {
  const rule = updateRules[optimizer];
  const decoupled = optimizer === 'adamw';
  return compiled(([given, ...gradients]) => {
    const [factor, ...numbers] = tf.unstack(given!);
    const perParameter = numbers.length / parameters.length;
    parameters.forEach(({ variable, decays }, index) => {
      const [left, ...own] = numbers.slice(index * perParameter, (index + 1) * perParameter);
      const clipped = clipNorm > 0 ? tf.mul(gradients[index]!, factor!) : gradients[index]!;
      const gradient = weightDecay > 0 && decays && !decoupled ? tf.add(clipped, tf.mul(variable, weightDecay)) : clipped;
      const { change, slots: next } = rule.update({ gradient, slots: slots[index]!, numbers: own, momentum, nesterov });
      const shrunk = weightDecay > 0 && decays && decoupled ? tf.mul(variable, left!) : variable;
      variable.assign(tf.sub(shrunk, change));
      for (const name of rule.slots) slots[index]![name]!.assign(next[name]!);
    });
    return [];
  }, [...parameters.map(({ variable }) => variable), ...slots.flatMap((each) => Object.values(each))]);
}
