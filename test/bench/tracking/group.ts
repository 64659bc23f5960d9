import type { Figure } from '../kit/publish';
import type { Mlflow } from './mlflow';
import type { Thaw } from '../kit/thaw';

export interface Sizes {
  /** How long each rate is measured. */
  seconds: number;
  /** Of the one long series, and together of the many that are compared. */
  longSeries: number;
  comparedRuns: number;
  comparedPoints: number;
  /** How long the background gets to pack what was logged, in milliseconds. */
  settles: number;
  /** Runs in the tables that are searched. */
  searched: number[];
  /** Runs in MLflow's table. */
  peerSearched: number;
  rounds: number;
}

export const fullSizes: Sizes = { seconds: 6, longSeries: 10_000_000, comparedRuns: 1000, comparedPoints: 10_000, settles: 75_000, searched: [1000, 10_000, 100_000], peerSearched: 1000, rounds: 10 };
export const smokeSizes: Sizes = { seconds: 0.3, longSeries: 20_000, comparedRuns: 5, comparedPoints: 1000, settles: 0, searched: [200], peerSearched: 50, rounds: 2 };

/** Rows that belong together: they share data, so they are measured together. */
export interface Group {
  name: string;
  thaw(thaw: Thaw, sizes: Sizes): Promise<Figure[]>;
  /** The figures of a peer by the name of the row; no row of Thaw's needs a peer. */
  peer?(mlflow: Mlflow, sizes: Sizes): Promise<Record<string, number>>;
}
