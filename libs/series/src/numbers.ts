import type { MetricNumber, MetricPoints } from './columns';

const named = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, '-Infinity': Number.NEGATIVE_INFINITY } as const;

/** JSON has no NaN and no infinities: they travel as strings. */
export const encodeNumber = (value: number): MetricNumber => (Number.isFinite(value) ? value : (String(value) as MetricNumber));

/** undefined for anything that is no metric value. */
export function decodeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && Object.hasOwn(named, value) ? named[value as keyof typeof named] : undefined;
}

/** Points in memory, as columns of equal length. */
export interface Series {
  /** Safe integers. */
  steps: Float64Array;
  /** Seconds since 1970-01-01 UTC. */
  times: Float64Array;
  /** NaN and ±Infinity among them. */
  values: Float64Array;
}

export const encodePoints = ({ steps, times, values }: Series): MetricPoints => ({ steps: Array.from(steps), times: Array.from(times), values: encodeNumbers(values) });

export const encodeNumbers = (column: Float64Array): MetricNumber[] => Array.from<number, MetricNumber>(column, encodeNumber);

export const decodePoints = ({ steps, times, values }: MetricPoints): Series => ({
  steps: Float64Array.from(steps),
  times: Float64Array.from(times),
  values: Float64Array.from(values, (value) => decodeNumber(value) ?? Number.NaN),
});

export const emptySeries = (): Series => ({ steps: new Float64Array(0), times: new Float64Array(0), values: new Float64Array(0) });

/** Points from (inclusive) to (exclusive), without copying. */
export const slicePoints = ({ steps, times, values }: Series, from: number, to?: number): Series => ({ steps: steps.subarray(from, to), times: times.subarray(from, to), values: values.subarray(from, to) });

/** The points at these indices. */
export function pickPoints(series: Series, indices: ArrayLike<number>): Series {
  const pick = (column: Float64Array) => {
    const picked = new Float64Array(indices.length);
    for (let index = 0; index < picked.length; index++) picked[index] = column[indices[index]!]!;
    return picked;
  };
  return { steps: pick(series.steps), times: pick(series.times), values: pick(series.values) };
}

export function joinPoints(parts: readonly Series[]): Series {
  if (parts.length === 1) return parts[0]!;
  const join = (columns: Float64Array[]) => {
    const joined = new Float64Array(columns.reduce((length, column) => length + column.length, 0));
    let at = 0;
    for (const column of columns) {
      joined.set(column, at);
      at += column.length;
    }
    return joined;
  };
  return { steps: join(parts.map(({ steps }) => steps)), times: join(parts.map(({ times }) => times)), values: join(parts.map(({ values }) => values)) };
}

export function isRising(steps: Float64Array): boolean {
  for (let index = 1; index < steps.length; index++) if (!(steps[index]! > steps[index - 1]!)) return false;
  return true;
}
