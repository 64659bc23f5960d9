import { smooth } from '@thaw/series';
import { chartLines, type RunLine } from './chart-lines';
import { defaultOptions, type ChartOptions } from './chart-options';
import { chartCsv } from './export-chart';
import type { Points } from './points';

const line = (id: string, values: number[], rest: Partial<Points> = {}): RunLine => ({ id, label: id, colour: 'red', dash: [], points: { steps: Float64Array.from(values.keys()), values: Float64Array.from(values), ...rest } });
const drawn = (runs: RunLine[], options: Partial<ChartOptions> = {}, groups: ReadonlyMap<string, string> | null = null) => chartLines('val/loss', runs, { ...defaultOptions, ...options }, groups);
const partial = { partial: true, count: 5000 };
const extremes = 'Each part by its lowest and highest value: drag to see every point';

test('what is not seen is counted, as one or as several', () => {
  const runs = [line('a', [1, Number.NaN, 2]), line('b', [0, 3])];
  expect(drawn(runs, { logY: true }).notes).toEqual(['1 NaN or infinite value is not drawn', '1 value of zero or less has no place on a logarithmic axis']);
  expect(drawn([...runs, line('c', [-1, Number.POSITIVE_INFINITY])], { logY: true, logX: true }).notes).toEqual([
    '2 NaN or infinite values are not drawn', '2 values of zero or less have no place on a logarithmic axis', '3 points at zero or before have no place on a logarithmic x axis',
  ]);
  const far = Array.from({ length: 40 }, (_, index) => (index === 20 ? 1e6 : index));
  expect(drawn([line('a', far)], { outliers: 'tukey' }).notes).toEqual(['1 outlying point is out of view']);
});

test('of a down-sampled series, which holds only some of them, no number is told', () => {
  expect(drawn([line('a', [0, Number.NaN, 2], partial)], { logY: true }).notes).toEqual(['NaN or infinite values are not drawn', 'Values of zero or less have no place on a logarithmic axis', extremes]);
  // The down-sampled one keeps some of each kind: having none here, it has none at all.
  expect(drawn([line('a', [1, 2], partial), line('b', [Number.NaN, 1])]).notes).toEqual(['1 NaN or infinite value is not drawn', 'Each part of 1 run by its lowest and highest value: drag to see every point']);
  const far = Array.from({ length: 40 }, (_, index) => (index === 20 ? 1e6 : index));
  expect(drawn([line('a', far, partial)], { outliers: 'tukey' }).notes).toEqual(['Outlying points are out of view', extremes]);
});

test('a curve is smoothed where every point is here, as the server told it where not, and not until then', () => {
  const values = [1, 5, 2, 8];
  const [whole, part, waiting] = drawn([line('a', values, { whole: true }), line('b', values, { ...partial, whole: false, smoothed: Float64Array.of(1, 2, 3, 4), approximate: true }), line('c', values, partial)], { smoothing: 0.9 }).lines;
  expect(whole).toMatchObject({ y: smooth(Float64Array.from(values), 0.9), raw: Float64Array.from(values) });
  expect(part).toMatchObject({ y: Float64Array.of(1, 2, 3, 4), raw: Float64Array.from(values), count: 5000 });
  expect(waiting!.y).toEqual(Float64Array.from(values));
  expect(waiting!.raw).toBeUndefined();
  const long = line('a', values, { ...partial, smoothed: Float64Array.of(1, 2, 3, 4), approximate: true });
  expect(drawn([long], { smoothing: 0.9 }).notes).toEqual(['The smoothed curve is approximate: there are too many points to average each', extremes]);
  expect(drawn([long]).notes).toEqual([extremes]);
  // A group's curve is the mean of what its runs' curves are.
  const grouped = drawn([line('a', values, { ...partial, smoothed: Float64Array.of(1, 2, 3, 4) })], { smoothing: 0.9, groupBy: 'status' }, new Map([['a', 'FINISHED']]));
  expect(grouped.lines[0]!.y).toEqual(Float64Array.of(1, 2, 3, 4));
});

test('a CSV says in its head when it does not hold every point', () => {
  expect(chartCsv('val/loss', 'Step', drawn([line('a', [1, 2])]).lines)).toBe('line,Step,val/loss\r\na,0,1\r\na,1,2\r\n');
  expect(chartCsv('val/loss', 'Step', drawn([line('a', [1], partial)]).lines)).toBe("line,Step,val/loss (each part's lowest and highest)\r\na,0,1\r\n");
});
