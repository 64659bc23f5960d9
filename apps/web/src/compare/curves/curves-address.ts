import { parseAsArrayOf, parseAsFloat, parseAsInteger, parseAsString } from 'nuqs';
import { chartAddress, chartKeys } from '../../charts/chart-address';

export const defaultHeight = 260;

/** Everything the charts show stands in the address. */
export const curvesAddress = {
  ...chartAddress,
  metric: parseAsArrayOf(parseAsString),
  height: parseAsInteger.withDefault(defaultHeight),
  zoom: parseAsArrayOf(parseAsFloat),
  hidden: parseAsArrayOf(parseAsString),
  /** instead of hidden, when most are */
  visible: parseAsArrayOf(parseAsString),
  /** the one chart that fills the page */
  alone: parseAsString,
};

export const curvesKeys = { ...chartKeys, height: 'h', hidden: 'hide', visible: 'show', alone: 'only' } as const;
