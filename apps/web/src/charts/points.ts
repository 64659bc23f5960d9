import { decodeFloats, smooth, type MetricPoints } from '@thaw/series';

/** Points of one metric of one run, steps ascending, each step once. Values may be NaN or ±Infinity. */
export interface Points {
  steps: Float64Array;
  values: Float64Array;
  /** Positions on the x axis; absent when that is the step. */
  x?: Float64Array;
  /** When each was logged; only where the x axis is a time. */
  times?: Float64Array;
  /** downsampled: each part by its lowest and highest value */
  partial?: boolean;
  /** how many points they stand for, where they are partial */
  count?: number;
  /** whether every point from the series' first one on is here, so that its average can be told */
  whole?: boolean;
  /** the average as the server tells it; while a slider moves, that of the weight before */
  smoothed?: Float64Array;
  /** the series is so long that the average is of its roll-up */
  approximate?: boolean;
}

/** Where points lie on the x axis. */
export const positions = ({ steps, x }: Points): Float64Array => x ?? steps;

/**
 * What is drawn: the values, or their average over every point that was logged with the values behind it. It is told from
 * the points where all are here, else by the server; until that has answered the values are drawn.
 */
export function lineThrough({ values, whole, smoothed }: Points, smoothing: number): { y: Float64Array; raw?: Float64Array } {
  const average = smoothing > 0 && (whole ? smooth(values, smoothing) : smoothed);
  return average ? { y: average, raw: values } : { y: values };
}

export const noPoints: Points = { steps: new Float64Array(0), values: new Float64Array(0) };

/** Columns as they travel: base64 of float64, or numbers with NaN and ±Infinity as strings. */
type Wire = MetricPoints | { [Column in keyof MetricPoints]?: string | MetricPoints[Column] };

export function decodePoints(wire: Wire): Points {
  const { steps, values, x, times, smoothed } = wire;
  return { steps: column(steps), values: column(values), ...(x && { x: column(x) }), ...(times && { times: column(times) }), ...(smoothed && { smoothed: column(smoothed) }) };
}

function column(wire: string | readonly (number | string)[] | undefined): Float64Array {
  if (typeof wire === 'string') return nativeFloats(wire) ?? decodeFloats(wire) ?? new Float64Array(0);
  return Float64Array.from(wire ?? [], Number);
}

/** What browsers since 2025 do by themselves, many times faster; columns of little-endian machines only. */
function nativeFloats(wire: string): Float64Array | null {
  const { fromBase64 } = Uint8Array as { fromBase64?: (text: string) => Uint8Array };
  return fromBase64 ? new Float64Array(fromBase64.call(Uint8Array, wire).buffer) : null;
}

/** Appended points join the held ones; a step logged again supersedes the earlier value. */
export function mergePoints(held: Points, appended: Points): Points {
  if (held.steps.length === 0) return appended;
  if (appended.steps.length === 0) return held;
  return isRising(appended.steps) && appended.steps[0]! > held.steps.at(-1)! ? joinColumns(held, appended) : mergeOverlapping(held, appended);
}

const isRising = (steps: Float64Array) => steps.every((step, index) => index === 0 || step > steps[index - 1]!);

const columns = ['steps', 'values', 'x', 'times'] as const;

function joinColumns(held: Points, appended: Points): Points {
  const { partial, count, whole, approximate } = held;
  const joined: Points = { ...noPoints, ...(partial && { partial }), ...(count !== undefined && { count: count + appended.steps.length }), ...(whole !== undefined && { whole }), ...(approximate && { approximate }) };
  for (const name of columns) {
    const [before, after] = [held[name], appended[name]];
    if (!before || !after) continue;
    joined[name] = new Float64Array(before.length + after.length);
    joined[name].set(before);
    joined[name].set(after, before.length);
  }
  return joined;
}

function mergeOverlapping(held: Points, appended: Points): Points {
  const all = joinColumns(held, appended);
  const lastOf = new Map<number, number>();
  all.steps.forEach((step, index) => lastOf.set(step, index));
  const order = [...lastOf.entries()].sort(([a], [b]) => a - b).map(([, index]) => index);
  const merged = Object.fromEntries(columns.flatMap((name) => (all[name] ? [[name, Float64Array.from(order, (index) => all[name]![index]!)]] : []))) as unknown as Points;
  return { ...all, ...merged };
}

/** Series over the union of their steps, as stacked bars want them: null where a series has no finite value. */
export function alignPoints(series: readonly Points[]): { steps: number[]; columns: (number | null)[][] } {
  const steps = [...new Set(series.flatMap((points) => [...points.steps]))].sort((a, b) => a - b);
  const position = new Map(steps.map((step, index) => [step, index]));
  const aligned = series.map((points) => {
    const values = new Array<number | null>(steps.length).fill(null);
    points.steps.forEach((step, index) => {
      const value = points.values[index]!;
      if (Number.isFinite(value)) values[position.get(step)!] = value;
    });
    return values;
  });
  return { steps, columns: aligned };
}

/** Each column with all before it added; a missing part counts as nothing. */
export function sums(parts: readonly (number | null)[][]): number[][] {
  const stacked: number[][] = [];
  for (const part of parts) stacked.push(part.map((value, index) => (value ?? 0) + (stacked.at(-1)?.[index] ?? 0)));
  return stacked;
}
