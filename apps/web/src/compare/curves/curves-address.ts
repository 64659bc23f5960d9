import { parseAsArrayOf, parseAsBoolean, parseAsFloat, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs';
import { defaultOptions } from '../../charts/chart-options';
import { spreads } from '../../charts/group-curves';
import { outlierRules } from '../../charts/outliers';

export const defaultHeight = 260;

/** Everything the charts show stands in the address. */
export const curvesAddress = {
  metric: parseAsArrayOf(parseAsString),
  xAxis: parseAsString.withDefault(defaultOptions.xAxis),
  smoothing: parseAsFloat.withDefault(defaultOptions.smoothing),
  logX: parseAsBoolean.withDefault(defaultOptions.logX),
  logY: parseAsBoolean.withDefault(defaultOptions.logY),
  groupBy: parseAsString,
  spread: parseAsStringLiteral(spreads).withDefault(defaultOptions.spread),
  outliers: parseAsStringLiteral(outlierRules).withDefault(defaultOptions.outliers),
  height: parseAsInteger.withDefault(defaultHeight),
  zoom: parseAsArrayOf(parseAsFloat),
  hidden: parseAsArrayOf(parseAsString),
  /** instead of hidden, when most are */
  visible: parseAsArrayOf(parseAsString),
  /** the one chart that fills the page */
  alone: parseAsString,
};

export const curvesKeys = { xAxis: 'x', smoothing: 'smooth', logX: 'lx', logY: 'ly', groupBy: 'by', spread: 'band', outliers: 'out', height: 'h', hidden: 'hide', visible: 'show', alone: 'only' } as const;
