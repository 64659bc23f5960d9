import * as tf from '@tensorflow/tfjs';

/** The weights of the best epoch so far. */
export interface BestWeights {
  /** From now on these variables change as well. */
  cover(variables: readonly tf.Variable[]): void;
  keep(): void;
  /** Does nothing when no epoch was kept. */
  restore(): void;
  /** Everything that changes, in the order it was covered. */
  variables(): readonly tf.Variable[];
  /** null when no epoch was kept. Another object whenever it is not the same values. */
  kept(): ReadonlyMap<tf.Variable, tf.Tensor> | null;
  /** Takes the tensors over as what was kept. */
  put(values: ReadonlyMap<tf.Variable, tf.Tensor>): void;
  dispose(): void;
}

export function createBestWeights(): BestWeights {
  const variables = new Set<tf.Variable>();
  let kept: ReadonlyMap<tf.Variable, tf.Tensor> | null = null;
  // A clone shares the values until the variable gets new ones, so keeping costs no memory for what stays the same.
  const copy = (variable: tf.Variable): [tf.Variable, tf.Tensor] => [variable, tf.tidy(() => tf.keep(tf.clone(variable)))];
  const forget = () => tf.dispose([...(kept?.values() ?? [])]);

  return {
    cover(added) {
      const fresh = [...new Set(added)].filter((variable) => !variables.has(variable));
      for (const variable of fresh) variables.add(variable);
      // Until now they were frozen, so these are also their values in the epoch kept.
      if (kept && fresh.length > 0) kept = new Map([...kept, ...fresh.map(copy)]);
    },
    keep() {
      forget();
      kept = new Map([...variables].map(copy));
    },
    restore() {
      kept?.forEach((value, variable) => variable.assign(value));
    },
    variables: () => [...variables],
    kept: () => kept,
    put(values) {
      forget();
      kept = new Map(values);
      for (const variable of values.keys()) variables.add(variable);
    },
    dispose() {
      forget();
      kept = null;
    },
  };
}
