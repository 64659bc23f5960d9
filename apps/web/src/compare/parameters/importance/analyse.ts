import type { Column } from '../columns';
import { rankCorrelation } from '../scatter/rank-correlation';
import { encode } from './encode';
import { withinFences } from './far-out';
import { growForest, outOfBagR2 } from './forest';
import { partialDependence, type Dependence } from './partial-dependence';
import { permutationImportance, type Importance } from './permutation';

/** A column without its functions, as it goes to a worker. */
export type PlainColumn = Omit<Column, 'format'>;

export interface Question { columns: PlainColumn[]; target: readonly (number | string | null)[]; seed: number; curves: number }

export interface Analysis {
  /** With the target and at least one value that varies. */
  runs: number;
  /** Whose target lies so far out that it was moved towards the others. */
  farOut: number;
  /** Out of bag; NaN when the target never changes. */
  r2: number;
  /** The most important first. */
  importances: (Importance & { rho: number | null })[];
  /** Of the most important ones. */
  dependences: Dependence[];
}

/** What the forest makes of the runs; the same for the same question, to the last bit. */
export function analyse({ columns, target, seed, curves }: Question): Analysis {
  const rows = target.flatMap((value, row) => (typeof value === 'number' ? [row] : []));
  const { values, moved } = withinFences(Float64Array.from(rows, (row) => target[row] as number));
  const encoding = encode(columns as Column[], rows);
  if (rows.length < 4 || encoding.parts.length === 0) return { runs: rows.length, farOut: 0, r2: Number.NaN, importances: [], dependences: [] };
  const forest = growForest(encoding.features, values, { seed });
  const importances = permutationImportance(forest, encoding, values, seed)
    .map((importance, index) => ({ ...importance, rho: columns[index]!.kind === 'number' ? (rankCorrelation(columns[index]!.values, target)?.rho ?? null) : null }))
    .sort((a, b) => b.mean - a.mean);
  const dependences = importances.slice(0, curves).map(({ id }) => partialDependence(forest, encoding.features, encoding.parts.find((part) => part.id === id)!));
  return { runs: rows.length, farOut: moved, r2: outOfBagR2(forest, encoding.features, values), importances, dependences };
}

/** Why nothing should be read into it; null when something may. */
export function caveat({ runs, r2 }: Pick<Analysis, 'runs' | 'r2'>): string | null {
  if (runs < 15) return `Only ${runs} ${runs === 1 ? 'run has' : 'runs have'} this metric: with fewer than 15 what looks important is mostly luck. Do not read anything into this.`;
  if (Number.isNaN(r2)) return 'The metric is the same in every run, so nothing can be important to it.';
  if (r2 < 0.1) return `The forest explains ${r2 <= 0 ? 'none' : `${Math.round(r2 * 100)} %`} of what differs between runs it has not seen. Do not read anything into this: what decides the metric is not among these values, or there are too few runs.`;
  return null;
}
