import { parseAsBoolean, parseAsFloat, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { defaultOptions, outlierRules, spreads, type ChartOptions } from './chart-options';

/** ChartOptions in the address of a page. */
export const chartAddress = {
  xAxis: parseAsString.withDefault(defaultOptions.xAxis),
  smoothing: parseAsFloat.withDefault(defaultOptions.smoothing),
  logX: parseAsBoolean.withDefault(defaultOptions.logX),
  logY: parseAsBoolean.withDefault(defaultOptions.logY),
  groupBy: parseAsString,
  spread: parseAsStringLiteral(spreads).withDefault(defaultOptions.spread),
  outliers: parseAsStringLiteral(outlierRules).withDefault(defaultOptions.outliers),
};

export const chartKeys = { xAxis: 'x', smoothing: 'smooth', logX: 'lx', logY: 'ly', groupBy: 'by', spread: 'band', outliers: 'out' } as const;

/** Of all that an address says. */
export const chartOptionsOf = ({ xAxis, smoothing, logX, logY, groupBy, spread, outliers }: ChartOptions): ChartOptions => ({ xAxis, smoothing, logX, logY, groupBy, spread, outliers });
