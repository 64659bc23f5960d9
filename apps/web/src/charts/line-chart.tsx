'use client';

import { useTheme } from 'next-themes';
import { useEffect, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import { formatMetric } from '../format/numbers';
import { axes, cssColour, stepLabel, type StepAxis } from './axes';
import { alignPoints, type Points } from './points';
import { tooltip } from './tooltip';
import { usePlot } from './use-plot';

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
  /** what a step is; default: an epoch */
  over?: StepAxis;
  /** how a value is written; default: as a metric */
  format?: (value: number) => string;
  /** the least and most the scale shows; default: what the lines need */
  range?: uPlot.Range.MinMax;
}

/** Metric against epoch. Data updates reuse the canvas; only a change of lines or theme builds it anew. */
export function LineChart({ lines, label, height = 240, markedStep = null, highlighted = null, over = 'epochs', format = formatMetric, range }: LineChartProps) {
  const { resolvedTheme } = useTheme();
  const data = useMemo(() => {
    const { steps, columns } = alignPoints(lines.map(({ points }) => points));
    return [steps, ...columns] as uPlot.AlignedData;
  }, [lines]);
  const marked = useRef(markedStep);
  marked.current = markedStep;
  const shape = JSON.stringify(lines.map(({ id, label: name, colour, dash }) => [id, name, colour, dash]));

  const { host, plot } = usePlot((element) => options(element, lines, { over, format, range, markedStep: () => marked.current }), data, height, [shape, over, resolvedTheme]);

  useEffect(() => plot.current?.redraw(false), [markedStep, plot]);
  useEffect(() => {
    lines.forEach((line, index) => plot.current?.setSeries(index + 1, { focus: line.id === highlighted }));
    if (highlighted === null) plot.current?.setSeries(null as never, { focus: false });
  }, [highlighted, lines, plot]);

  return <div ref={host} role="img" aria-label={describe(label, lines, over, format)} className="relative w-full" style={{ height }} />;
}

interface Drawing extends Required<Pick<LineChartProps, 'over' | 'format'>>, Pick<LineChartProps, 'range'> {
  markedStep: () => number | null;
}

function options(element: HTMLElement, lines: readonly Line[], { over, format, range, markedStep }: Drawing): Omit<uPlot.Options, 'width' | 'height'> {
  const strong = cssColour(element, 'var(--line-strong)');
  return {
    padding: [10, 12, 0, 0],
    legend: { show: false },
    focus: { alpha: 0.25 },
    cursor: { points: { size: 6 }, focus: { prox: 24 }, drag: { x: true, y: false } },
    scales: { x: { time: false }, y: range ? { range: { min: { pad: 0, hard: range[0] ?? undefined, soft: range[0] ?? undefined, mode: 1 }, max: { pad: 0.1, hard: range[1] ?? undefined, soft: range[1] ?? undefined, mode: 1 } } } : {} },
    axes: axes(element, over),
    series: [
      {},
      ...lines.map(({ label, colour, dash, points }) => ({
        label, stroke: cssColour(element, colour), width: 1.75, dash: dash?.length ? dash : undefined, spanGaps: true,
        // A single point draws no line.
        points: { show: points.steps.length < 2 ? true : undefined, size: 5 },
      })),
    ],
    plugins: [tooltip(lines, format, over)],
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

function describe(label: string, lines: readonly Line[], over: StepAxis, format: (value: number) => string): string {
  const parts = lines.slice(0, 8).map((line) => `${line.label} ${line.points.values.length > 0 ? `${format(line.points.values.at(-1)!)} at ${stepLabel(over, line.points.steps.at(-1)!).toLowerCase()}` : 'no points yet'}`);
  return `Chart of ${label}. ${parts.join('; ')}${lines.length > 8 ? `; and ${lines.length - 8} more` : ''}.`;
}
