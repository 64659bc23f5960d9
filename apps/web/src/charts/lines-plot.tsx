'use client';

import { useTheme } from 'next-themes';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import uPlot from 'uplot';
import { currentZone, useTimeZone } from '../format/time-zone';
import { axes, cssColour, roomForLast, type StepAxis } from './axes';
import { drawLines, penOf } from './draw-lines';
import { extent, padded, within, type DrawnLine, type MinMax } from './drawn-line';
import { createHover, type HoverStore } from './hover';
import { hoverLayer } from './hover-layer';
import { usePlot } from './use-plot';
import { keyAction } from './zoom-keys';

export interface LinesPlotProps {
  lines: readonly DrawnLine[];
  /** what is drawn, for people who do not see it */
  description: string;
  height: number;
  over?: StepAxis;
  /** name of the x axis in words, where over is 'value' */
  xName?: string;
  logX?: boolean;
  logY?: boolean;
  /** the part of the x axis that is shown; null: all */
  zoom?: MinMax | null;
  onZoom?: (zoom: MinMax | null) => void;
  /** values beyond are out of view */
  bounds?: { low: number; high: number } | null;
  /** the least and most the scale shows; default: what the lines need */
  range?: readonly [min: number | null, max: number | null];
  /** a position to point out, such as the best epoch */
  markedStep?: number | null;
  format?: (value: number) => string;
  /** shared with other charts and legends */
  hover?: HoverStore;
}

/**
 * Lines on one canvas, each with positions of its own: nothing is aligned, so that hundreds are drawn at once. What is
 * pointed at is drawn on a second canvas above; the first stays as it is. uPlot keeps scales, axes, cursor and selection.
 */
export function LinesPlot(props: LinesPlotProps) {
  const { lines, description, height, over = 'epochs', logX = false, logY = false, zoom = null, bounds = null, range } = props;
  const { resolvedTheme } = useTheme();
  const zone = useTimeZone();
  const [own] = useState(createHover);
  const hover = props.hover ?? own;
  const scales = useMemo(() => scalesOf(lines, { zoom, bounds, logX, logY, range }), [lines, zoom, bounds, logX, logY, range]);
  const latest = useRef({ ...props, hover, scales });
  latest.current = { ...props, hover, scales };
  // A part that was read anew does not say where the whole ends; until that was seen it begins at nought.
  const whole = useRef<MinMax | null>(null);
  if (!zoom) whole.current = scales.x;
  // uPlot is given the corners only; the lines are drawn by a hook.
  const corners = useMemo(() => [[...scales.x], [...scales.y]] as uPlot.AlignedData, [scales]);
  const { host, plot } = usePlot((element) => optionsOf(element, () => latest.current), corners, height, [over, props.xName, logX, logY, resolvedTheme, zone]);
  useEffect(() => plot.current?.redraw(false), [props.markedStep, plot]);
  const onKeyDown = (event: KeyboardEvent) => {
    const chart = plot.current;
    const action = chart && keyAction(event.nativeEvent, [chart.scales.x!.min!, chart.scales.x!.max!], whole.current ?? [Math.min(0, scales.x[0]), Number.POSITIVE_INFINITY], hover.get().x, logX);
    if (!action) return;
    event.preventDefault();
    if ('x' in action) hover.set({ x: action.x, id: hover.get().id });
    else props.onZoom?.(action.zoom);
  };
  return (
    <div role="group" tabIndex={0} aria-label="Chart: arrow keys point, plus and minus zoom, Escape shows all" onKeyDown={onKeyDown} onBlur={() => hover.set({ x: null, id: null })} className="rounded-md">
      <div ref={host} role="img" aria-label={description} className="relative w-full" style={{ height }} />
    </div>
  );
}

interface Scales { x: MinMax; y: MinMax }

/** What is shown of both axes. */
export function scalesOf(lines: readonly DrawnLine[], { zoom, bounds, logX, logY, range }: Pick<LinesPlotProps, 'zoom' | 'bounds' | 'logX' | 'logY' | 'range'>): Scales {
  const all = extent(lines.map(({ x }) => x), logX ?? false) ?? (logX ? [1, 10] : [0, 1]);
  const x = zoom ?? (all[0] === all[1] ? [all[0] - 0.5, all[1] + 0.5] as const : all);
  let y = extent(within(lines, zoom ?? null), logY ?? false) ?? (logY ? [1, 10] : [0, 1]);
  if (bounds) y = [Math.max(y[0], bounds.low), Math.min(y[1], bounds.high)];
  if (y[0] > y[1]) y = [bounds!.low, bounds!.high];
  const [low, high] = padded(y, logY ?? false);
  return { x, y: range ? [range[0] ?? low, range[1] ?? high] : [low, high] };
}

type Latest = LinesPlotProps & { hover: HoverStore; scales: Scales };

function optionsOf(element: HTMLElement, latest: () => Latest): Omit<uPlot.Options, 'width' | 'height'> {
  const { over = 'epochs', xName, logX, logY } = latest();
  const colours = new Map<string, string>();
  const colour = (css: string) => {
    if (!colours.has(css)) colours.set(css, cssColour(element, css));
    return colours.get(css)!;
  };
  return {
    padding: [10, () => roomForLast(over, latest().scales.x), 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), currentZone()),
    cursor: {
      x: false, y: false, points: { show: false }, drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => (latest().onZoom?.(null), null) },
    },
    scales: {
      x: { time: over === 'time', distr: logX ? 3 : 1, range: () => [...latest().scales.x] as [number, number] },
      y: { distr: logY ? 3 : 1, range: () => [...latest().scales.y] as [number, number] },
    },
    axes: axes(element, over, xName),
    series: [{}, { paths: () => null, points: { show: false } }],
    plugins: [hoverLayer(latest, colour)],
    hooks: {
      draw: [(chart) => {
        performance.mark('lines-begun');
        drawAll(chart, latest(), colour);
        performance.measure('lines-drawn', 'lines-begun');
      }],
      setSelect: [(chart) => {
        const { left, width } = chart.select;
        if (width < 4) return;
        latest().onZoom?.([chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x')]);
        chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      }],
    },
  };
}

function drawAll(chart: uPlot, { lines, markedStep }: Latest, colour: (css: string) => string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  // A little beyond, so that a ring at the end is whole.
  ctx.rect(bbox.left - 6, bbox.top - 6, bbox.width + 12, bbox.height + 12);
  ctx.clip();
  drawLines(penOf(chart, ctx, colour, bbox), lines);
  if (typeof markedStep === 'number') {
    const x = Math.round(chart.valToPos(markedStep, 'x', true));
    ctx.strokeStyle = colour('var(--line-strong)');
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3, 3]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

