import type { Figure } from '../kit/publish';
import type { Keras } from './keras';

export interface Sizes {
  epochs: number;
  seeds: number;
  /** Configurations in the sweep. */
  sweep: number;
  /** Steps of 32 pictures that a rate is measured over. */
  steps: number;
  /** Of the models in a group, the first so many. */
  models: number;
}

export const fullSizes: Sizes = { epochs: 20, seeds: 3, sweep: 16, steps: 12, models: 6 };
export const smokeSizes: Sizes = { epochs: 2, seeds: 1, sweep: 2, steps: 1, models: 1 };

/** Rows that belong together. `keras` is null without peers. */
export interface Group {
  name: string;
  measure(sizes: Sizes, keras: Keras | null): Promise<Figure[]>;
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
