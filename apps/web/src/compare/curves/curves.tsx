'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { sortMetricKeys } from '../../charts/metric-keys';
import { MetricOverlay } from '../../charts/metric-overlay';
import { epochLog } from '../../runs/epoch-log';
import type { Compared } from '../compare-page';

export function Curves({ runs }: Compared) {
  const [metric, setMetric] = useQueryState('metric', parseAsString.withDefault('val/accuracy'));
  const logged = runs.flatMap((run) => [...run.finalMetrics, ...run.metrics].map(({ key }) => key));
  return <MetricOverlay runs={runs} metric={metric} metrics={sortMetricKeys([...logged, 'train/accuracy', 'train/loss', 'lr'])} onMetric={(key) => void setMetric(key)} height={300} revision={epochLog(runs)} />;
}
