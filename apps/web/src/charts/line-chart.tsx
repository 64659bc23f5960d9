'use client';

import { useTheme } from 'next-themes';
import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatMetric } from '../format/numbers';
import { alignPoints, type Points } from './points';
import { tooltip } from './tooltip';

export interface Line {
  id: string;
  label: string;
  /** CSS colour, may be a var() */
  colour: string;
  dash?: number[];
  points: Points;
}

interface LineChartProps {
  lines: readonly Line[];
  /** what is drawn, for people who do not see it */
  label: string;
  height?: number;
  /** a step to point out, such as the best epoch */
  markedStep?: number | null;
  /** the line to bring forward, others fade */
  highlighted?: string | null;
}

/** Metric against epoch. Data updates reuse the canvas; only a change of lines or theme builds it anew. */
export function LineChart({ lines, label, height = 240, markedStep = null, highlighted = null }: LineChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const { resolvedTheme } = useTheme();
  const data = useMemo(() => {
    const { steps, columns } = alignPoints(lines.map(({ points }) => points));
    return [steps, ...columns] as uPlot.AlignedData;
  }, [lines]);
  const latest = useRef(data);
  latest.current = data;
  const marked = useRef(markedStep);
  marked.current = markedStep;
  const shape = JSON.stringify(lines.map(({ id, label: name, colour, dash }) => [id, name, colour, dash]));

  useEffect(() => {
    const element = host.current!;
    const chart = new uPlot(options(element, lines, height, () => marked.current), latest.current, element);
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
  useEffect(() => plot.current?.redraw(false), [markedStep]);
  useEffect(() => {
    lines.forEach((line, index) => plot.current?.setSeries(index + 1, { focus: line.id === highlighted }));
    if (highlighted === null) plot.current?.setSeries(null as never, { focus: false });
  }, [highlighted, lines]);

  return <div ref={host} role="img" aria-label={describe(label, lines)} className="relative w-full" style={{ height }} />;
}

function options(element: HTMLElement, lines: readonly Line[], height: number, markedStep: () => number | null): uPlot.Options {
  const style = getComputedStyle(element);
  const resolve = (colour: string) => colour.replace(/var\((--[\w-]+)\)/, (_, name: string) => style.getPropertyValue(name).trim());
  const [grid, text, strong] = ['--grid', '--faint', '--line-strong'].map((name) => resolve(`var(${name})`)) as [string, string, string];
  const font = `11px ${style.fontFamily}`;
  const axis: uPlot.Axis = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false }, gap: 6 };
  return {
    width: element.clientWidth || 300,
    height,
    padding: [10, 12, 0, 0],
    legend: { show: false },
    focus: { alpha: 0.25 },
    cursor: { points: { size: 6 }, focus: { prox: 24 }, drag: { x: true, y: false } },
    scales: { x: { time: false } },
    axes: [
      { ...axis, size: 28, space: 60, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000], values: (_, ticks) => ticks.map((tick) => tick.toLocaleString('en-US')) },
      { ...axis, size: 58, space: 34, values: (_, ticks) => ticks.map(tickLabel) },
    ],
    series: [
      { label: 'Epoch' },
      ...lines.map(({ label, colour, dash, points }) => ({
        label, stroke: resolve(colour), width: 1.75, dash: dash?.length ? dash : undefined, spanGaps: true,
        // A single point draws no line.
        points: { show: points.steps.length < 2 ? true : undefined, size: 5 },
      })),
    ],
    plugins: [tooltip(lines, formatMetric)],
    hooks: {
      draw: [(chart) => {
        const step = markedStep();
        if (step === null) return;
        const x = Math.round(chart.valToPos(step, 'x', true));
        const { ctx, bbox } = chart;
        ctx.save();
        ctx.strokeStyle = strong;
        ctx.setLineDash([3, 3]);
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
        ctx.restore();
      }],
    },
  };
}

const tickLabel = (tick: number) => (tick !== 0 && Math.abs(tick) < 1e-3 ? Number(tick.toPrecision(3)).toExponential() : String(Number(tick.toPrecision(4))));

function describe(label: string, lines: readonly Line[]): string {
  const parts = lines.slice(0, 8).map((line) => `${line.label} ${line.points.values.length > 0 ? `${formatMetric(line.points.values.at(-1))} at epoch ${line.points.steps.at(-1)}` : 'no points yet'}`);
  return `Chart of ${label}. ${parts.join('; ')}${lines.length > 8 ? `; and ${lines.length - 8} more` : ''}.`;
}
