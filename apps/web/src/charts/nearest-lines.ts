import type uPlot from 'uplot';
import type { DrawnLine } from './drawn-line';
import { nearestAt } from './nearest';

export interface Near {
  line: DrawnLine;
  /** of its point nearest to the cursor */
  index: number;
  /** in px */
  distance: number;
}

/** The lines with a point at the cursor's x, nearest first; left and top in px of the plot. */
export function nearestLines(chart: uPlot, lines: readonly DrawnLine[], left: number, top: number): Near[] {
  const at = chart.posToVal(left, 'x');
  const near: Near[] = [];
  for (const line of lines) {
    const index = line.rising ? nearestAt(line.x, at, true) : nearestInPlane(chart, line, left, top);
    const value = line.y[index];
    if (index < 0 || value === undefined || !Number.isFinite(value)) continue;
    const away = Math.abs(chart.valToPos(line.x[index]!, 'x') - left);
    // Left of its beginning and right of its end a line is not there.
    if (line.x.length > 1 && line.rising && away > 40 && (index === 0 || index === line.x.length - 1)) continue;
    near.push({ line, index, distance: Math.abs(chart.valToPos(heightAt(line, at, index), 'y') - top) });
  }
  return near.sort((a, b) => a.distance - b.distance);
}

/** Value of the drawn line at a position: between two points it is straight. */
function heightAt({ x, y, rising }: DrawnLine, at: number, index: number): number {
  const other = x[index]! < at ? index + 1 : index - 1;
  if (!rising || other < 0 || other >= x.length || x[other] === x[index] || !Number.isFinite(y[other]!)) return y[index]!;
  return y[index]! + ((y[other]! - y[index]!) * (at - x[index]!)) / (x[other]! - x[index]!);
}

function nearestInPlane(chart: uPlot, { x, y }: DrawnLine, left: number, top: number): number {
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  for (let index = 0; index < x.length; index++) {
    const distance = (chart.valToPos(x[index]!, 'x') - left) ** 2 + (chart.valToPos(y[index]!, 'y') - top) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}
