import type { MetricNumber, MetricPoints } from './columns';

const named = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, '-Infinity': Number.NEGATIVE_INFINITY } as const;

/** JSON has no NaN and no infinities: they travel as strings. */
export const encodeNumber = (value: number): MetricNumber => (Number.isFinite(value) ? value : (String(value) as MetricNumber));

/** undefined for anything that is no metric value. */
export function decodeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && Object.hasOwn(named, value) ? named[value as keyof typeof named] : undefined;
}

/** Points in memory: plain numbers, NaN and ±Infinity among them. */
export interface Series {
  /** Integers. */
  steps: number[];
  /** Seconds since 1970-01-01 UTC. */
  times: number[];
  values: number[];
}

export const encodePoints = ({ steps, times, values }: Series): MetricPoints => ({ steps, times, values: values.map(encodeNumber) });

export const decodePoints = ({ steps, times, values }: MetricPoints): Series => ({ steps, times, values: values.map((value) => decodeNumber(value) ?? Number.NaN) });
