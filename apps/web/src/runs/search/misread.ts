import type { MetricFilter, RunFilter } from '@thaw/search';

/** A copy of a filter in which each test of a metric is what `change` makes of it. */
function mapMetrics(filter: RunFilter, change: (test: MetricFilter) => RunFilter): RunFilter {
  const parts = (of: readonly RunFilter[] | null | undefined) => of?.map((part) => mapMetrics(part, change));
  if (filter.metric) return change(filter.metric);
  if (filter.not) return { not: mapMetrics(filter.not, change) };
  return filter.and ? { and: parts(filter.and) } : filter.or ? { or: parts(filter.or) } : filter;
}

/** Metrics that a search asks for by name alone, which may have been meant as config values: max(lr) may not. */
export function metricsIn(filter: RunFilter): string[] {
  const keys = new Set<string>();
  mapMetrics(filter, (metric) => {
    if (!metric.stat || metric.stat === 'LAST') keys.add(metric.key);
    return { metric };
  });
  return [...keys];
}

/** The same search of the config value that is called as the metric. */
export const asConfig = (filter: RunFilter, key: string): RunFilter =>
  mapMetrics(filter, (metric) => {
    const { stat, ...test } = metric;
    return test.key === key && (!stat || stat === 'LAST') ? { config: test } : { metric };
  });
