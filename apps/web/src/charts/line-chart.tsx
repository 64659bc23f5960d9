'use client';

import { useEffect, useMemo, useState } from 'react';
import { formatMetric } from '../format/numbers';
import type { StepAxis } from './axes';
import { describeLines } from './describe-lines';
import { drawnLine, type MinMax } from './drawn-line';
import { createHover } from './hover';
import { LinesPlot } from './lines-plot';
import { lineThrough, positions, type Points } from './points';

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
  /** what a position is; default: an epoch */
  over?: StepAxis;
  /** how a value is written; default: as a metric */
  format?: (value: number) => string;
  /** the least and most the scale shows; default: what the lines need */
  range?: [min: number | null, max: number | null];
  /** 0 to 0.99 */
  smoothing?: number;
  logY?: boolean;
}

/** Lines that somebody else has read, such as several metrics of one run. Dragging zooms into what is there. */
export function LineChart({ lines, label, height = 240, markedStep = null, highlighted = null, over = 'epochs', format = formatMetric, range, smoothing = 0, logY = false }: LineChartProps) {
  const [zoom, setZoom] = useState<MinMax | null>(null);
  const [hover] = useState(createHover);
  const drawn = useMemo(() => lines.map(({ id, label: name, colour, dash, points }) =>
    drawnLine({ id, label: name, colour, dash, x: positions(points), ...lineThrough(points, smoothing) })), [lines, smoothing]);
  useEffect(() => hover.set({ x: null, id: highlighted }), [highlighted, hover]);
  const [min, max] = range ?? [];
  const shown = useMemo(() => (min === undefined || max === undefined ? undefined : [min, max] as const), [min, max]);
  return <LinesPlot lines={drawn} description={describeLines(label, drawn, over, format)} height={height} over={over} zoom={zoom} onZoom={setZoom} markedStep={markedStep} format={format} range={shown} hover={hover} logY={logY} />;
}
