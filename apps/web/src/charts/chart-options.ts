import type { XAxis } from '../generated/graphql';
import type { StepAxis } from './axes';

export const spreads = ['std', 'range', 'error'] as const;
/** What the band around a group's mean is. */
export type Spread = (typeof spreads)[number];

export const outlierRules = ['none', 'percentile', 'tukey'] as const;
export type OutlierRule = (typeof outlierRules)[number];

/** How metrics are drawn; the same for all charts of a page. */
export interface ChartOptions {
  /** step, time (of day), relative (seconds since the run began), or the key of a metric */
  xAxis: string;
  /** 0 (as logged) to 0.99 */
  smoothing: number;
  logX: boolean;
  logY: boolean;
  /** one line for all runs that share it: status, dataset, backbone, tag, or config:KEY; null: a line for each run */
  groupBy: string | null;
  /** what the band around a group's mean is */
  spread: Spread;
  /** which values are left out of view */
  outliers: OutlierRule;
}

export const defaultOptions: ChartOptions = { xAxis: 'step', smoothing: 0, logX: false, logY: false, groupBy: null, spread: 'std', outliers: 'none' };

interface Asked { xAxis: XAxis; xKey?: string; over: StepAxis }

const fixed: Record<string, Asked> = { step: { xAxis: 'STEP', over: 'epochs' }, time: { xAxis: 'WALL_TIME', over: 'time' }, relative: { xAxis: 'RELATIVE_TIME', over: 'seconds' } };

/** What an x axis is to the API and to a chart. */
export const axisOf = (xAxis: string): Asked => fixed[xAxis] ?? { xAxis: 'METRIC', xKey: xAxis, over: 'value' };

export const axisNames: Record<string, string> = { step: 'Step or epoch', time: 'Wall time', relative: 'Time since start' };

/** So many points that a screen can show them, and all runs together still travel and are drawn at once. */
export const pointsPerRun = (runs: number): number => Math.max(100, Math.min(1000, Math.floor(150_000 / Math.max(1, runs))));
