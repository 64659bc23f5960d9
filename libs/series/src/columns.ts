/** A metric value as JSON can carry it: NaN and ±Infinity are written as strings. */
export type MetricNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** Points of one metric as parallel columns of equal length. */
export interface MetricPoints {
  /** Integers, usually the epoch or the global step. */
  steps: number[];
  /** Wall time in seconds since 1970-01-01 UTC. */
  times: number[];
  values: MetricNumber[];
  /** Position on the x axis that was asked for; absent when that is the step. */
  x?: MetricNumber[];
  /** The values smoothed; absent when that was not asked for. */
  smoothed?: MetricNumber[];
}

export interface MetricColumns extends MetricPoints {
  key: string;
}
