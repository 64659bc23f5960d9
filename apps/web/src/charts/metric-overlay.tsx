'use client';

import { useState } from 'react';
import { Panel } from '../ui/panel';
import type { ChartLines } from './chart-lines';
import { ChartLegend } from './chart-legend';
import { createHover } from './hover';
import { MetricChart, type ChartRun } from './metric-chart';
import { MetricPicker } from './metric-picker';
import type { ChartOptions } from './chart-options';
import { ChartSettings } from './chart-settings';

interface OverlayProps {
  runs: readonly ChartRun[];
  metric: string;
  metrics: readonly string[];
  onMetric: (metric: string) => void;
  options: ChartOptions;
  onOptions: (changed: Partial<ChartOptions>) => void;
  height?: number;
  note?: string;
  revision?: string;
}

/** One metric of several runs over each other, live, with the choice of metric and the runs below. */
export function MetricOverlay({ runs, metric, metrics, onMetric, options, onOptions, height = 260, note, revision }: OverlayProps) {
  const [hover] = useState(createHover);
  const [drawn, setDrawn] = useState<ChartLines | null>(null);
  return (
    <Panel title="Metrics" flush actions={
      <>
        {note && <span className="hidden text-xs text-faint sm:inline">{note}</span>}
        <MetricPicker value={metric} onChange={onMetric} common={metrics} align="end" className="h-7! w-44! text-xs!" />
        <ChartSettings options={options} onChange={onOptions} />
      </>
    }>
      <div className="px-2 pt-1"><MetricChart runs={runs} metric={metric} options={options} height={height} revision={revision} hover={hover} onDrawn={setDrawn} /></div>
      <ChartLegend metric={metric} lines={drawn?.lines ?? []} hover={hover} />
    </Panel>
  );
}
