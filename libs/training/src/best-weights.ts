import * as tf from '@tensorflow/tfjs';

/** The weights of the best epoch so far. */
export interface BestWeights {
  /** From now on these variables change as well. */
  cover(variables: readonly tf.Variable[]): void;
  keep(): void;
  /** Does nothing when no epoch was kept. */
  restore(): void;
  dispose(): void;
}

export function createBestWeights(): BestWeights {
  const variables = new Set<tf.Variable>();
  let kept: Map<tf.Variable, tf.Tensor> | null = null;
  // A clone shares the values until the variable gets new ones, so keeping costs no memory for what stays the same.
  const copy = (variable: tf.Variable) => tf.tidy(() => tf.keep(tf.clone(variable)));
  const forget = () => tf.dispose([...(kept?.values() ?? [])]);

  return {
    cover(added) {
      for (const variable of added) {
        if (variables.has(variable)) continue;
        variables.add(variable);
        // Until now it was frozen, so this is also its value in the epoch kept.
        kept?.set(variable, copy(variable));
      }
    },
    keep() {
      forget();
      kept = new Map([...variables].map((variable) => [variable, copy(variable)]));
    },
    restore() {
      kept?.forEach((value, variable) => variable.assign(value));
    },
    dispose() {
      forget();
      kept = null;
    },
  };
}
