import type uPlot from 'uplot';
import { isInside, partInside, type Frame } from './clip-segment';
import type { DrawnLine } from './drawn-line';

/** Beyond so many lines dashes cannot be told apart any more, and cost most of the time. */
const mostDashed = 40;

/**
 * A run keeps its dash in every chart, as legends, lists and tables show it: beside a solid run of the same colour in a table,
 * a chart that left it out would be taken for that one's. Only a line alone is solid: nothing is to be told apart, and the
 * dashes of a long, noisy run are a cloud of dots.
 */
const areDashed = (lines: readonly DrawnLine[]) => lines.length > 1 && lines.length <= mostDashed;

export interface Pen {
  ctx: CanvasRenderingContext2D;
  /** CSS colour to one a canvas takes */
  colour: (css: string) => string;
  /** device pixels of one CSS pixel */
  ratio: number;
  /** columns of the data to pixels */
  toX: (column: Float64Array) => Float32Array;
  toY: (column: Float64Array) => Float32Array;
  /** Beyond it nothing shows. */
  frame: Frame;
}

/** Device pixels: wider than half of any line or dot. */
const margin = 20;

export function penOf(chart: uPlot, ctx: CanvasRenderingContext2D, colour: Pen['colour'], origin: { left: number; top: number }): Pen {
  const { width, height } = chart.bbox;
  const [x, y] = [chart.scales.x!, chart.scales.y!];
  return {
    ctx, colour, ratio: devicePixelRatio,
    toX: (column) => project(column, x, origin.left, width),
    toY: (column) => project(column, y, origin.top + height, -height),
    frame: { left: origin.left - margin, top: origin.top - margin, right: origin.left + width + margin, bottom: origin.top + height + margin },
  };
}

/** What a logarithmic axis cannot show becomes NaN: a gap. */
function project(column: Float64Array, { min, max, distr }: uPlot.Scale, start: number, size: number): Float32Array {
  const pixels = new Float32Array(column.length);
  const log = distr === 3;
  const from = log ? Math.log10(min!) : min!;
  const factor = size / ((log ? Math.log10(max!) : max!) - from);
  if (log) for (let index = 0; index < pixels.length; index++) pixels[index] = column[index]! > 0 ? start + (Math.log10(column[index]!) - from) * factor : Number.NaN;
  else for (let index = 0; index < pixels.length; index++) pixels[index] = start + (column[index]! - from) * factor;
  return pixels;
}

const widthOf = (count: number) => (count <= 20 ? 1.75 : count <= 100 ? 1.25 : 1);

/** Bands first, then what was logged, then the lines, each group in order. */
export function drawLines(pen: Pen, lines: readonly DrawnLine[]): void {
  const { ctx, ratio, colour } = pen;
  ctx.lineJoin = 'bevel';
  const placed = lines.map((line) => ({ line, x: pen.toX(line.x) }));
  for (const { line, x } of placed) {
    if (!line.band) continue;
    ctx.globalAlpha = 0.16;
    ctx.fillStyle = colour(line.colour);
    area(ctx, x, pen.toY(line.band.low), pen.toY(line.band.high));
  }
  ctx.globalAlpha = 0.25;
  ctx.lineWidth = ratio;
  for (const { line, x } of placed) {
    if (!line.raw) continue;
    ctx.strokeStyle = colour(line.colour);
    stroke(pen, x, pen.toY(line.raw));
  }
  ctx.globalAlpha = lines.length > 100 ? 0.75 : 1;
  ctx.lineWidth = widthOf(lines.length) * ratio;
  for (const { line, x } of placed) {
    ctx.strokeStyle = ctx.fillStyle = colour(line.colour);
    ctx.setLineDash(areDashed(lines) ? (line.dash ?? []).map((length) => length * ratio) : []);
    stroke(pen, x, pen.toY(line.y), 2.5 * ratio);
  }
  ctx.setLineDash([]);
  for (const { line, x } of placed) if (typeof line.best === 'number') ring(pen, x[line.best]!, pen.toY(line.y)[line.best]!, line.colour);
  ctx.globalAlpha = 1;
}

/** The line that is pointed at, over the others, which fade. */
export function drawHighlighted(pen: Pen, line: DrawnLine, fade: { colour: string; width: number; height: number }): void {
  const { ctx, ratio, colour } = pen;
  ctx.globalAlpha = 0.6;
  ctx.fillStyle = fade.colour;
  ctx.fillRect(0, 0, fade.width, fade.height);
  ctx.globalAlpha = 1;
  ctx.lineJoin = 'round';
  const [x, y] = [pen.toX(line.x), pen.toY(line.y)];
  ctx.strokeStyle = ctx.fillStyle = colour(line.colour);
  if (line.band) {
    ctx.globalAlpha = 0.25;
    area(ctx, x, pen.toY(line.band.low), pen.toY(line.band.high));
  }
  if (line.raw) {
    ctx.globalAlpha = 0.4;
    ctx.lineWidth = ratio;
    stroke(pen, x, pen.toY(line.raw));
  }
  ctx.globalAlpha = 1;
  ctx.lineWidth = 2.25 * ratio;
  ctx.setLineDash((line.dash ?? []).map((length) => length * ratio));
  stroke(pen, x, y, 3 * ratio);
  ctx.setLineDash([]);
}

/**
 * A gap where there is no value; a point alone is a dot, as it draws no line. Only what is in sight: the dashes of a line to
 * an outlier a thousand charts above take seconds.
 */
function stroke({ ctx, frame }: Pen, x: Float32Array, y: Float32Array, dot = 0): void {
  ctx.beginPath();
  let from = -1;
  let penDown = false;
  for (let index = 0; index < x.length; index++) {
    if (!Number.isFinite(y[index]!) || !Number.isFinite(x[index]!)) from = -1;
    else if (from < 0) {
      penDown = false;
      from = index;
      if (dot > 0 && !Number.isFinite(y[index + 1] ?? Number.NaN)) circle(ctx, x[index]!, y[index]!, dot);
    } else {
      penDown = segment(ctx, frame, penDown, x[from]!, y[from]!, x[index]!, y[index]!);
      from = index;
    }
  }
  ctx.stroke();
}

/** Whether the pen stands at b afterwards, as it did at a when it is down. */
function segment(ctx: CanvasRenderingContext2D, frame: Frame, penDown: boolean, ax: number, ay: number, bx: number, by: number): boolean {
  const part = penDown && isInside(frame, bx, by) ? ([0, 1] as const) : partInside(frame, ax, ay, bx, by);
  if (!part) return false;
  const [from, to] = part;
  if (!penDown || from > 0) ctx.moveTo(ax + (bx - ax) * from, ay + (by - ay) * from);
  ctx.lineTo(ax + (bx - ax) * to, ay + (by - ay) * to);
  return to === 1;
}

function circle(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.moveTo(x + radius, y);
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
}

function area(ctx: CanvasRenderingContext2D, x: Float32Array, low: Float32Array, high: Float32Array): void {
  const known = Array.from(x.keys()).filter((index) => Number.isFinite(low[index]!) && Number.isFinite(high[index]!));
  if (known.length < 2) return;
  ctx.beginPath();
  known.forEach((index, place) => (place === 0 ? ctx.moveTo(x[index]!, high[index]!) : ctx.lineTo(x[index]!, high[index]!)));
  for (const index of known.reverse()) ctx.lineTo(x[index]!, low[index]!);
  ctx.fill();
}

export function ring({ ctx, ratio, colour }: Pen, x: number, y: number, css: string): void {
  ctx.strokeStyle = colour(css);
  ctx.fillStyle = colour('var(--panel)');
  ctx.lineWidth = 2 * ratio;
  ctx.beginPath();
  circle(ctx, x, y, 4 * ratio);
  ctx.fill();
  ctx.stroke();
}
