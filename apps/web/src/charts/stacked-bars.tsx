'use client';

import { useTheme } from 'next-themes';
import { useMemo, useRef } from 'react';
import uPlot from 'uplot';
import { axes, cssColour, stepLabel } from './axes';
import type { Line } from './line-chart';
import { alignPoints, sums } from './points';
import { tooltip } from './tooltip';
import { usePlot } from './use-plot';

interface StackedBarsProps {
  /** from the bottom up */
  parts: readonly Line[];
  label: string;
  format: (value: number) => string;
  height?: number;
}

/** Parts of a whole per epoch, one upon the other. */
export function StackedBars({ parts, label, format, height = 208 }: StackedBarsProps) {
  const { resolvedTheme } = useTheme();
  const { data, own } = useMemo(() => {
    const { steps, columns } = alignPoints(parts.map(({ points }) => points));
    return { own: [steps, ...columns] as uPlot.AlignedData, data: [steps, ...sums(columns).reverse()] as uPlot.AlignedData };
  }, [parts]);
  const latest = useRef(own);
  latest.current = own;
  const shape = JSON.stringify(parts.map(({ id }) => id));

  const { host } = usePlot((element) => {
    // The whole stack is drawn first, each lower part over it.
    const series = parts.map(({ label: name, colour }) => ({ label: name, fill: cssColour(element, colour), stroke: cssColour(element, colour), width: 0, paths: uPlot.paths.bars!({ size: [0.8, 48], align: 0 }), points: { show: false } })).reverse();
    return {
      padding: [10, 12, 0, 0], legend: { show: false }, cursor: { points: { show: false }, drag: { x: true, y: false } },
      // Half a bar on either side.
      scales: { x: { time: false, range: (_, min, max) => [(min ?? 0) - 0.6, (max ?? 1) + 0.6] }, y: { range: (_, __, max) => [0, (max || 1) * 1.05] } },
      axes: axes(element, 'epochs'), series: [{}, ...series], plugins: [tooltip(parts, format, 'epochs', () => latest.current)],
    };
  }, data, height, [shape, resolvedTheme]);

  return <div ref={host} role="img" aria-label={describe(label, parts, format)} className="relative w-full" style={{ height }} />;
}

function describe(label: string, parts: readonly Line[], format: (value: number) => string): string {
  const words = parts.map(({ label: name, points }) => `${name} ${points.values.length > 0 ? `${format(points.values.at(-1)!)} in ${stepLabel('epochs', points.steps.at(-1)!).toLowerCase()}` : 'no points yet'}`);
  return `Chart of ${label}. ${words.join('; ')}.`;
}
