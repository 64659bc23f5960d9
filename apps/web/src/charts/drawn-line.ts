import { neverFalls, nearestAt } from './nearest';

/** A line as it is drawn: positions and values of its own. */
export interface DrawnLine {
  id: string;
  label: string;
  /** CSS colour, may be a var() */
  colour: string;
  dash?: readonly number[];
  x: Float64Array;
  y: Float64Array;
  /** the values as logged, faintly behind what was smoothed */
  raw?: Float64Array;
  /** how many points were logged, where only the lowest and highest of each part are here */
  count?: number;
  /** an area around the line */
  band?: { low: Float64Array; high: Float64Array };
  /** whether x never falls, so that it can be searched by halving */
  rising: boolean;
  /** index of the point to ring */
  best?: number | null;
  /** added to the label in the tooltip, such as how many runs a mean is of */
  note?: (index: number) => string;
}

export const drawnLine = (line: Omit<DrawnLine, 'rising'>): DrawnLine => ({ ...line, rising: neverFalls(line.x) });

export type MinMax = readonly [min: number, max: number];

/** Where all lines lie, counting only what is above zero for a logarithmic axis; null when nothing does. */
export function extent(columns: Iterable<Float64Array>, log: boolean): MinMax | null {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const column of columns) {
    for (let index = 0; index < column.length; index++) {
      const value = column[index]!;
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? [min, max] : null;
}

/** The part of each line's columns within a range of x. */
export function* within(lines: readonly DrawnLine[], range: MinMax | null): Generator<Float64Array> {
  for (const { x, y, raw, band, rising } of lines) {
    const columns = [y, raw, band?.low, band?.high].filter((column) => column !== undefined);
    if (!range) yield* columns;
    else if (rising) {
      const from = Math.max(0, nearestAt(x, range[0], true));
      const to = nearestAt(x, range[1], true) + 1;
      for (const column of columns) yield column.subarray(from, to);
    } else for (const column of columns) yield column.filter((_, index) => x[index]! >= range[0] && x[index]! <= range[1]);
  }
}

/** A little room around, so that no line lies on the edge. */
export function padded([min, max]: MinMax, log: boolean): MinMax {
  if (log) return min === max ? [min / 2, max * 2] : [min * (min / max) ** 0.05, max * (max / min) ** 0.05];
  const room = (max - min) * 0.06 || Math.abs(max) * 0.1 || 0.5;
  return [min - room, max + room];
}
