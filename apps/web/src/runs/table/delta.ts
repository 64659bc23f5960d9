import { formatMetric } from '../../format/numbers';
import { lowerIsBetter } from '../../charts/metric-keys';

export interface Delta {
  /** With its sign. */
  text: string;
  /** null where nobody can say: neither end of the metric is better, or they are equal. */
  verdict: 'better' | 'worse' | null;
}

/** How a run's figure differs from the baseline's; null where one of them has none. */
export function deltaOf(key: string, value: unknown, baseline: unknown): Delta | null {
  if (typeof value !== 'number' || typeof baseline !== 'number' || !Number.isFinite(value - baseline)) return null;
  const difference = value - baseline;
  if (difference === 0) return { text: '±0', verdict: null };
  const lower = lowerIsBetter(key);
  const verdict = lower === null ? null : difference < 0 === lower ? 'better' : 'worse';
  return { text: `${difference > 0 ? '+' : '−'}${formatMetric(Math.abs(difference))}`, verdict };
}
