'use client';

import { useTheme } from 'next-themes';
import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { axes, cssColour, stepLabel } from './axes';
import type { Line } from './line-chart';
import { alignPoints, sums } from './points';
import { tooltip } from './tooltip';

interface StackedBarsProps {
  /** from the bottom up */
  parts: readonly Line[];
  label: string;
  format: (value: number) => string;
  height?: number;
}

/** Parts of a whole per epoch, one upon the other. */
export function StackedBars({ parts, label, format, height = 208 }: StackedBarsProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const { resolvedTheme } = useTheme();
  const { data, own } = useMemo(() => {
    const { steps, columns } = alignPoints(parts.map(({ points }) => points));
    return { own: [steps, ...columns] as uPlot.AlignedData, data: [steps, ...sums(columns).reverse()] as uPlot.AlignedData };
  }, [parts]);
  const latest = useRef({ data, own });
  latest.current = { data, own };
  const shape = JSON.stringify(parts.map(({ id }) => id));

  useEffect(() => {
    const element = host.current!;
    const words = tooltip(parts, format, 'epochs', () => latest.current.own);
    // The whole stack is drawn first, each lower part over it.
    const series = parts.map(({ label: name, colour }) => ({ label: name, fill: cssColour(element, colour), stroke: cssColour(element, colour), width: 0, paths: uPlot.paths.bars!({ size: [0.8, 48], align: 0 }), points: { show: false } })).reverse();
    const chart = new uPlot({
      width: element.clientWidth || 300, height, padding: [10, 12, 0, 0], legend: { show: false },
      cursor: { points: { show: false }, drag: { x: true, y: false } },
      // Half a bar on either side.
      scales: { x: { time: false, range: (_, min, max) => [(min ?? 0) - 0.6, (max ?? 1) + 0.6] }, y: { range: (_, __, max) => [0, (max || 1) * 1.05] } },
      axes: axes(element, 'epochs'), series: [{}, ...series], plugins: [words],
    }, latest.current.data, element);
    plot.current = chart;
    const resize = new ResizeObserver(([entry]) => chart.setSize({ width: Math.floor(entry!.contentRect.width), height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      chart.destroy();
      plot.current = null;
    };
    // Points arrive through setData below.
  }, [shape, height, resolvedTheme]);

  useEffect(() => plot.current?.setData(data), [data]);

  return <div ref={host} role="img" aria-label={describe(label, parts, format)} className="relative w-full" style={{ height }} />;
}

function describe(label: string, parts: readonly Line[], format: (value: number) => string): string {
  const words = parts.map(({ label: name, points }) => `${name} ${points.values.length > 0 ? `${format(points.values.at(-1)!)} in ${stepLabel('epochs', points.steps.at(-1)!).toLowerCase()}` : 'no points yet'}`);
  return `Chart of ${label}. ${words.join('; ')}.`;
}
