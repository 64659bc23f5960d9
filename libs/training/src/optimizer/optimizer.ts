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
  dispose(): void;
}

interface State {
  slots: tf.Variable[];
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
  const states = new Map<number, State>();
  let prepared: { parameters: string; update: Compiled } | null = null;

  const stateOf = ({ variable }: Parameter): State => {
    const known = states.get(variable.id);
    if (known) return known;
    const state = { slots: tf.tidy(() => rule.slots.map(() => tf.variable(tf.zerosLike(variable), false))), steps: 0 };
    states.set(variable.id, state);
    return state;
  };
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
    dispose() {
      prepared?.update.dispose();
      for (const { slots } of states.values()) tf.dispose(slots);
      states.clear();
    },
  };
}

/** All updates of a step as one computation. It takes the numbers of the step, [factor of the gradients, of each parameter: what decoupled decay leaves, numbers of the rule …], and the gradients. */
function compileUpdate({ optimizer, momentum, nesterov, weightDecay, clipNorm }: Parameters<typeof createOptimizer>[0], parameters: readonly Parameter[], slots: readonly tf.Variable[][]): Compiled {
  const rule = updateRules[optimizer];
  const decoupled = optimizer === 'adamw';
  return compiled(([given, ...gradients]) => {
    const [factor, ...numbers] = tf.unstack(given!);
    const perParameter = numbers.length / parameters.length;
    parameters.forEach(({ variable, decays }, index) => {
      const [left, ...own] = numbers.slice(index * perParameter, (index + 1) * perParameter);
      const clipped = clipNorm > 0 ? tf.mul(gradients[index]!, factor!) : gradients[index]!;
      const gradient = weightDecay > 0 && decays && !decoupled ? tf.add(clipped, tf.mul(variable, weightDecay)) : clipped;
      const remembered = Object.fromEntries(rule.slots.map((name, slot) => [name, slots[index]![slot]!]));
      const { change, slots: next } = rule.update({ gradient, slots: remembered, numbers: own, momentum, nesterov });
      const shrunk = weightDecay > 0 && decays && decoupled ? tf.mul(variable, left!) : variable;
      variable.assign(tf.sub(shrunk, change));
      rule.slots.forEach((name, slot) => slots[index]![slot]!.assign(next[name]!));
    });
    return [];
  }, [...parameters.map(({ variable }) => variable), ...slots.flat()]);
}
