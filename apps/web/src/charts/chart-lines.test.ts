import { smooth } from '@thaw/series';
import { chartLines, type RunLine } from './chart-lines';
import { defaultOptions, type ChartOptions } from './chart-options';
import { chartCsv } from './export-chart';
import type { Points } from './points';

const line = (id: string, values: number[], rest: Partial<Points> = {}): RunLine => ({ id, label: id, colour: 'red', dash: [], points: { steps: Float64Array.from(values.keys()), values: Float64Array.from(values), ...rest } });
const drawn = (runs: RunLine[], options: Partial<ChartOptions> = {}, groups: ReadonlyMap<string, string> | null = null) => chartLines('val/loss', runs, { ...defaultOptions, ...options }, groups);
const partial = { partial: true, count: 5000 };
const extremes = 'Each part by its lowest and highest value: drag to see every point';

test('a curve is smoothed where every point is here, as the server told it where not, and not until then', () => {
  const values = [1, 5, 2, 8];
  const [whole, part, waiting] = drawn([line('a', values, { whole: true }), line('b', values, { ...partial, whole: false, smoothed: Float64Array.of(1, 2, 3, 4), approximate: true }), line('c', values, partial)], { smoothing: 0.9 }).lines;
  expect(whole).toMatchObject({ y: smooth(Float64Array.from(values), 0.9), raw: Float64Array.from(values) });
  expect(part).toMatchObject({ y: Float64Array.of(1, 2, 3, 4), raw: Float64Array.from(values), count: 5000 });
  expect(waiting!.y).toEqual(Float64Array.from(values));
  expect(waiting!.raw).toBeUndefined();
  const long = line('a', values, { ...partial, smoothed: Float64Array.of(1, 2, 3, 4), approximate: true });
  expect(drawn([long], { smoothing: 0.9 }).notes).toEqual(['Long curves are smoothed approximately: there are too many points to average each', extremes]);
  expect(drawn([long]).notes).toEqual([extremes]);
  // A group's curve is the mean of what its runs' curves are.
  const grouped = drawn([line('a', values, { ...partial, smoothed: Float64Array.of(1, 2, 3, 4) })], { smoothing: 0.9, groupBy: 'status' }, new Map([['a', 'FINISHED']]));
  expect(grouped.lines[0]!.y).toEqual(Float64Array.of(1, 2, 3, 4));
});

test('a CSV says in its head when it does not hold every point', () => {
  expect(chartCsv('val/loss', 'Step', drawn([line('a', [1, 2])]).lines)).toBe('line,Step,val/loss\r\na,0,1\r\na,1,2\r\n');
  expect(chartCsv('val/loss', 'Step', drawn([line('a', [1], partial)]).lines)).toBe("line,Step,val/loss (each part's lowest and highest)\r\na,0,1\r\n");
});
