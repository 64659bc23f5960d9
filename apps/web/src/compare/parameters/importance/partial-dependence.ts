import { quantile } from '../../../charts/outliers';
import { belongs, type Encoded } from './encode';
import { predict, type Features, type Forest } from './forest';

/** What the forest expects when one value is set for every run, whatever else the run has (Friedman 2001). */
export interface Dependence {
  id: string;
  points: {
    /** number or category */
    at: number | string;
    mean: number;
    /** a tenth of the runs are expected below, a tenth above */
    low: number;
    high: number;
    /** runs that have this category, or lie nearest to this number */
    runs: number;
  }[];
}

const gridSize = 24;
const mostRows = 200;

export function partialDependence(forest: Forest, features: Features, part: Encoded): Dependence {
  const rows = features[0]!.length;
  const every = Math.max(1, Math.ceil(rows / mostRows));
  const sampled = Array.from({ length: Math.ceil(rows / every) }, (_, index) => index * every);
  const values = features[part.features[0]!]!;
  const grid: (number | string)[] = part.categories ? [...part.categories] : quantileGrid(values);
  const nearest = part.categories ? part.features.map((feature) => features[feature]!.reduce((sum, own) => sum + own, 0)) : countNearest(values, grid as number[]);
  const points = grid.map((at, index) => {
    const set = (feature: number) => (part.categories ? Number(feature === part.features[index]) : (at as number));
    const expected = sampled.map((row) => predict(forest, (feature) => (belongs(part, feature) ? set(feature) : features[feature]![row]!))).sort((a, b) => a - b);
    const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
    return { at, mean, low: quantile(expected, 0.1), high: quantile(expected, 0.9), runs: nearest[index]! };
  });
  return { id: part.id, points };
}

/** Where the runs are, so that most of the curve rests on some. */
function quantileGrid(values: Float64Array): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= gridSize) return distinct;
  return [...new Set(Array.from({ length: gridSize }, (_, index) => sorted[Math.round((index * (sorted.length - 1)) / (gridSize - 1))]!))];
}

function countNearest(values: Float64Array, grid: readonly number[]): number[] {
  const counts = grid.map(() => 0);
  for (const value of values) {
    let best = 0;
    grid.forEach((at, index) => { if (Math.abs(at - value) < Math.abs(grid[best]! - value)) best = index; });
    counts[best]! += 1;
  }
  return counts;
}

/** Stretches between neighbouring runs that are wider than this share of all: there the curve is a guess. `positions` in the scale of the axis. */
export function emptyStretches(values: readonly number[], scale: (value: number) => number, share = 0.15): [number, number][] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const whole = scale(sorted.at(-1)!) - scale(sorted[0]!);
  return sorted.slice(1).flatMap((to, index): [number, number][] => (scale(to) - scale(sorted[index]!) > share * whole ? [[sorted[index]!, to]] : []));
}
