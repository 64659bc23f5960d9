import type uPlot from 'uplot';
import { formatMetric } from '../format/numbers';
import { stepLabel, type StepAxis } from './axes';
import { drawHighlighted, penOf, ring } from './draw-lines';
import type { DrawnLine } from './drawn-line';
import type { HoverStore } from './hover';
import { nearestLines, type Near } from './nearest-lines';
import { tooltipBox } from './tooltip-box';

interface Shown {
  lines: readonly DrawnLine[];
  hover: HoverStore;
  over?: StepAxis;
  xName?: string;
  format?: (value: number) => string;
}

/** Where the pointer is, and in the charts that follow it. */
const rowsShown = { here: 8, elsewhere: 3 };
/** Farther than this from every line the pointer means none, in px. */
const reach = 32;

/** The cursor's line, the line that is pointed at and its tooltip, on a canvas over the chart; once a frame at most. */
export function hoverLayer(latest: () => Shown, colour: (css: string) => string): uPlot.Plugin {
  const canvas = document.createElement('canvas');
  canvas.className = 'pointer-events-none absolute inset-0';
  let box: ReturnType<typeof tooltipBox>;
  let frame = 0;
  let pointed: { left: number; top: number } | null = null;
  let stop = () => undefined as void;
  return {
    hooks: {
      init: (chart) => {
        chart.over.append(canvas);
        box = tooltipBox(chart.over);
        stop = latest().hover.subscribe(() => soon(chart));
        chart.over.addEventListener('mouseleave', () => {
          pointed = null;
          latest().hover.set({ x: null, id: null });
          soon(chart);
        });
      },
      setCursor: (chart) => {
        const { left = -1, top = -1 } = chart.cursor;
        if (left < 0) return;
        pointed = { left, top };
        soon(chart);
      },
      draw: (chart) => soon(chart),
      destroy: () => {
        stop();
        cancelAnimationFrame(frame);
      },
    },
  };

  function soon(chart: uPlot): void {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      paint(chart);
    });
  }

  function paint(chart: uPlot): void {
    const { lines, hover, over = 'epochs', xName, format = formatMetric } = latest();
    const near = pointed ? nearestLines(chart, lines, pointed.left, pointed.top) : [];
    if (pointed) hover.set({ x: chart.posToVal(pointed.left, 'x'), id: near[0] && near[0].distance <= reach ? near[0].line.id : null });
    const { x, id } = hover.get();
    const ctx = cleared(canvas, chart);
    if (x === null && id === null) return box.hide();
    const line = lines.find((each) => each.id === id);
    const pen = penOf(chart, ctx, colour, { left: 0, top: 0 });
    if (line && lines.length > 1) drawHighlighted(pen, line, { colour: colour('var(--panel)'), width: canvas.width, height: canvas.height });
    if (x === null) return box.hide();
    const left = chart.valToPos(x, 'x');
    if (!(left >= 0 && left <= chart.over.clientWidth)) return box.hide();
    upright(ctx, Math.floor(left * devicePixelRatio) + 0.5, canvas.height, colour('var(--line-strong)'));
    const rows = pointed ? near : nearestLines(chart, line ? [line] : lines, left, line ? 0 : Number.NaN);
    const first = rows.find((row) => row.line === line) ?? (pointed ? undefined : rows[0]);
    if (first) ring(pen, pen.toX(Float64Array.of(first.line.x[first.index]!))[0]!, pen.toY(Float64Array.of(first.line.y[first.index]!))[0]!, first.line.colour);
    if (rows.length === 0) return box.hide();
    const at = first ? first.line.x[first.index]! : x;
    const title = over === 'value' && xName ? `${xName} ${format(at)}` : stepLabel(over, over === 'epochs' || over === 'steps' ? Math.round(at) : at);
    const top = pointed ? pointed.top : first ? chart.valToPos(first.line.y[first.index]!, 'y') : 0;
    const most = pointed ? rowsShown.here : rowsShown.elsewhere;
    box.show(left, top, title, rows.slice(0, most).map((row) => rowOf(row, row.line === line, format)), rows.length > most ? `and ${rows.length - most} more` : '');
  }
}

function rowOf({ line, index }: Near, strong: boolean, format: (value: number) => string) {
  const { band, raw, note } = line;
  const range = band && note ? ` (${format(band.low[index]!)} – ${format(band.high[index]!)})` : raw ? ` (${format(raw[index]!)})` : '';
  return { colour: line.colour, dash: line.dash, label: `${line.label}${line.note ? ` ${line.note(index)}` : ''}`, value: `${format(line.y[index]!)}${range}`, strong };
}

function cleared(canvas: HTMLCanvasElement, chart: uPlot): CanvasRenderingContext2D {
  const { width, height } = chart.bbox;
  if (canvas.width !== width || canvas.height !== height) {
    [canvas.width, canvas.height] = [width, height];
    canvas.style.width = `${width / devicePixelRatio}px`;
    canvas.style.height = `${height / devicePixelRatio}px`;
  }
  const ctx = canvas.getContext('2d')!;
  ctx.clearRect(0, 0, width, height);
  return ctx;
}

function upright(ctx: CanvasRenderingContext2D, x: number, height: number, colour: string): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, 0);
  ctx.lineTo(x, height);
  ctx.stroke();
}
