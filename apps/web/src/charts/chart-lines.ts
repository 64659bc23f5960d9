import type { ChartOptions } from './chart-options';
import { drawnLine, type DrawnLine } from './drawn-line';
import { groupCurve } from './group-curves';
import { bestIndexes } from './metric-keys';
import { neverFalls } from './nearest';
import { countOutside, outlierBounds, type Bounds } from './outliers';
import { groupMarks } from './group-marks';
import { countNonFinite, lineThrough, positions, type Points } from './points';

export interface RunLine {
  id: string;
  label: string;
  colour: string;
  dash: number[];
  points: Points;
}

export interface ChartLines {
  lines: DrawnLine[];
  bounds: Bounds | null;
  /** what cannot be seen in the chart, in words */
  notes: string[];
}

/** From what runs logged to what is drawn. groups: run id → group; a line for each run without. */
export function chartLines(key: string, runs: readonly RunLine[], options: ChartOptions, groups: ReadonlyMap<string, string> | null): ChartLines {
  const logged = runs.filter(({ points }) => points.steps.length > 0);
  const lines = options.groupBy === null ? logged.map((run) => lineOf(key, run, options.smoothing, logged.length)) : groups ? groupLines(logged, options, groups) : [];
  const columns = lines.map(({ raw, y }) => raw ?? y);
  const bounds = outlierBounds(columns, options.outliers);
  return { lines, bounds, notes: notesOf(logged, columns, bounds, options) };
}

/** Among more lines than these neither can be seen. */
const most = { rings: 12, bands: 30 };

function lineOf(key: string, { points, ...look }: RunLine, smoothing: number, among: number): DrawnLine {
  const best = among <= most.rings ? (bestIndexes(key, Array.from(points.values)).values().next().value ?? null) : null;
  return drawnLine({ ...look, x: positions(points), ...lineThrough(points, smoothing), best, count: points.count, ...(points.partial && among <= most.bands && { band: envelope(points.values) }) });
}

/** A down-sampled part holds its lowest and its highest value: between neighbours lies what was left out. */
function envelope(values: Float64Array): { low: Float64Array; high: Float64Array } {
  const around = (pick: (...values: number[]) => number) =>
    values.map((value, index) => pick(...[values[index - 1], value, values[index + 1]].filter((each): each is number => each !== undefined && Number.isFinite(each))));
  return { low: around(Math.min), high: around(Math.max) };
}

function groupLines(runs: readonly RunLine[], { smoothing, spread }: ChartOptions, groups: ReadonlyMap<string, string>): DrawnLine[] {
  return groupMarks(groups).flatMap(({ name, ...mark }) => {
    const members = runs.filter(({ id }) => groups.get(id) === name);
    if (members.length === 0) return [];
    const curves = members.map(({ points }) => ({ x: positions(points), y: lineThrough(points, smoothing).y })).filter(({ x }) => neverFalls(x));
    const { x, y, low, high, n } = groupCurve(curves, spread);
    return drawnLine({ id: name, label: name, ...mark, x, y, band: { low, high }, note: (index) => `n = ${n[index]}` });
  });
}

function notesOf(runs: readonly RunLine[], columns: readonly Float64Array[], bounds: Bounds | null, { logY, logX, groupBy, smoothing }: ChartOptions): string[] {
  const nonFinite = runs.reduce((sum, { points }) => sum + countNonFinite(points), 0);
  const outside = bounds ? countOutside(columns, bounds) : 0;
  const partial = runs.filter(({ points }) => points.partial).length;
  const belowZero = (of: (points: Points) => Float64Array) => runs.reduce((sum, { points }) => sum + of(points).reduce((count, value) => (value <= 0 ? count + 1 : count), 0), 0);
  const hiddenY = logY ? belowZero(({ values }) => values) : 0;
  const hiddenX = logX ? belowZero(positions) : 0;
  const approximate = smoothing > 0 && runs.some(({ points }) => points.approximate);
  const falling = groupBy === null ? 0 : runs.filter(({ points }) => !neverFalls(positions(points))).length;
  return [
    nonFinite > 0 && `${nonFinite.toLocaleString('en-US')} NaN or infinite values are not drawn`,
    outside > 0 && `${outside.toLocaleString('en-US')} outlying points are out of view`,
    hiddenY > 0 && `${hiddenY.toLocaleString('en-US')} values of zero or less have no place on a logarithmic axis`,
    hiddenX > 0 && `${hiddenX.toLocaleString('en-US')} points at zero or before have no place on a logarithmic x axis`,
    falling > 0 && `${falling} runs go back on this x axis and are in no group`,
    approximate && 'Long curves are smoothed approximately: there are too many points to average each',
    partial > 0 && `${partial === runs.length ? 'Each part' : `Each part of ${partial} runs`} by its lowest and highest value: drag to see every point`,
  ].filter((note) => note !== false);
}
