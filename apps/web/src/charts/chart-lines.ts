import { formatCount, plural } from '../format/numbers';
import type { ChartOptions } from './chart-options';
import { drawnLine, type DrawnLine } from './drawn-line';
import { groupCurve } from './group-curves';
import { groupMarks } from './group-marks';
import { bestIndexes } from './metric-keys';
import { neverFalls } from './nearest';
import { countOutside, outlierBounds, type Bounds } from './outliers';
import { lineThrough, positions, type Points } from './points';

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
  const members = new Map<string | undefined, RunLine[]>();
  for (const run of runs) {
    const name = groups.get(run.id);
    const same = members.get(name);
    if (same) same.push(run);
    else members.set(name, [run]);
  }
  return groupMarks(groups).flatMap(({ name, ...mark }) => {
    const own = members.get(name);
    if (!own) return [];
    const curves = own.map(({ points }) => ({ x: positions(points), y: lineThrough(points, smoothing).y })).filter(({ x }) => neverFalls(x));
    const { x, y, low, high, n } = groupCurve(curves, spread);
    return drawnLine({ id: name, label: name, ...mark, x, y, band: { low, high }, note: (index) => `n = ${n[index]}` });
  });
}

function notesOf(runs: readonly RunLine[], columns: readonly Float64Array[], bounds: Bounds | null, { logY, logX, groupBy, smoothing }: ChartOptions): string[] {
  const all = runs.map(({ points }) => points);
  const partial = all.filter((points) => points.partial).length;
  const approximate = smoothing > 0 ? all.filter((points) => points.approximate).length : 0;
  const falling = groupBy === null ? 0 : all.filter((points) => !neverFalls(positions(points))).length;
  // A group's curve stands for points that nobody has counted.
  const outside = columns.map((values, index): Found => ({ count: bounds ? countOutside(values, bounds) : 0, isPart: groupBy !== null || all[index]!.partial === true }));
  const among = (count: number) => (count === runs.length ? '' : ` of ${plural(count, 'run')}`);
  return [
    told(all.map((points) => found(points, points.values, (value) => !Number.isFinite(value))), ['NaN or infinite value is', 'NaN or infinite values are'], 'not drawn'),
    told(outside, ['outlying point is', 'outlying points are'], 'out of view'),
    logY && told(all.map((points) => found(points, points.values, (value) => value <= 0)), ['value of zero or less has', 'values of zero or less have'], 'no place on a logarithmic axis'),
    logX && told(all.map((points) => found(points, positions(points), (x) => x <= 0)), ['point at zero or before has', 'points at zero or before have'], 'no place on a logarithmic x axis'),
    falling > 0 && `${falling === 1 ? '1 run goes back on this x axis and is' : `${formatCount(falling)} runs go back on this x axis and are`} in no group`,
    approximate > 0 && `The smoothed curve${among(approximate)} is approximate: there are too many points to average each`,
    partial > 0 && `Each part${among(partial)} by its lowest and highest value: drag to see every point`,
  ].filter((note) => note !== false);
}

interface Found {
  count: number;
  /** there are more, of which a down-sampled series holds some */
  isPart: boolean;
}

const found = ({ partial = false }: Points, column: Float64Array, is: (value: number) => boolean): Found => ({ count: column.reduce((count, value) => (is(value) ? count + 1 : count), 0), isPart: partial });

/** With their number where every one is known. */
function told(each: readonly Found[], [one, many]: readonly [string, string], what: string): string | false {
  const some = each.filter(({ count }) => count > 0);
  if (some.length === 0) return false;
  if (some.some(({ isPart }) => isPart)) return `${many[0]!.toUpperCase()}${many.slice(1)} ${what}`;
  return `${plural(some.reduce((sum, { count }) => sum + count, 0), one, many)} ${what}`;
}
