import { findStep } from '@thaw/series';
import type { Spread } from './chart-options';

export interface Curve {
  /** Rising. */
  x: Float64Array;
  y: Float64Array;
}

export interface GroupCurve extends Curve {
  low: Float64Array;
  high: Float64Array;
  /** runs at each position */
  n: Uint16Array;
}

const mostPositions = 400;

/**
 * Mean of several curves on positions they share, with the band: one standard deviation of the runs (n − 1), its standard
 * error, or lowest to highest. Between its points a curve is interpolated, beyond its ends it does not count.
 */
export function groupCurve(curves: readonly Curve[], spread: Spread): GroupCurve {
  const x = commonPositions(curves);
  const group: GroupCurve = { x, y: new Float64Array(x.length), low: new Float64Array(x.length), high: new Float64Array(x.length), n: new Uint16Array(x.length) };
  const columns = curves.map((curve) => interpolate(curve, x));
  x.forEach((_, index) => {
    const values = columns.map((column) => column[index]!).filter(Number.isFinite);
    const { mean, low, high } = bandOf(values, spread);
    group.n[index] = values.length;
    group.y[index] = mean;
    group.low[index] = low;
    group.high[index] = high;
  });
  return group;
}

export function bandOf(values: readonly number[], spread: Spread): { mean: number; low: number; high: number } {
  const n = values.length;
  if (n === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (spread === 'range') return { mean, low: Math.min(...values), high: Math.max(...values) };
  const deviation = n < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const reach = spread === 'error' ? deviation / Math.sqrt(n) : deviation;
  return { mean, low: mean - reach, high: mean + reach };
}

/** Every position that occurs while those are few, else evenly spaced ones. */
function commonPositions(curves: readonly Curve[]): Float64Array {
  const all = new Set<number>();
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x } of curves) {
    if (x.length === 0) continue;
    from = Math.min(from, x[0]!);
    to = Math.max(to, x.at(-1)!);
    if (all.size <= mostPositions) for (const position of x) all.add(position);
  }
  if (all.size <= mostPositions) return Float64Array.from(all).sort();
  return Float64Array.from({ length: mostPositions }, (_, index) => from + ((to - from) * index) / (mostPositions - 1));
}

function interpolate({ x, y }: Curve, positions: Float64Array): Float64Array {
  return positions.map((position) => {
    const right = findStep(x, position);
    if (right === x.length || (right === 0 && x[0]! > position)) return Number.NaN;
    if (x[right] === position) return y[right]!;
    const share = (position - x[right - 1]!) / (x[right]! - x[right - 1]!);
    return y[right - 1]! + (y[right]! - y[right - 1]!) * share;
  });
}
