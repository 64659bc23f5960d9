import type uPlot from 'uplot';
import { formatDuration } from '../format/time';
import { currentZone } from '../format/time-zone';
import { zonedTime } from '../format/zoned-time';
import type { MinMax } from './drawn-line';

/** What positions on the x axis are: time is seconds since 1970, value that of another metric. */
export type StepAxis = 'epochs' | 'seconds' | 'steps' | 'time' | 'value';

const words: Record<StepAxis, (step: number) => string> = {
  epochs: (step) => `Epoch ${plain(step)}`,
  seconds: (step) => `After ${formatDuration(step)}`,
  steps: (step) => `Step ${plain(step)}`,
  time: (step) => {
    const { day, time } = zonedTime(step * 1000, currentZone());
    return `${day} ${time}`;
  },
  value: (step) => `At ${plain(step)}`,
};
const plain = (step: number) => Number(step.toPrecision(6)).toLocaleString('en-US', { maximumSignificantDigits: 6 });

/** "Epoch 3", "After 1m 15s" */
export const stepLabel = (over: StepAxis, step: number): string => words[over](step);

const wholes = Array.from({ length: 13 }, (_, power) => [1, 2, 5].map((factor) => factor * 10 ** power)).flat();
const times = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/** A CSS colour as a canvas takes it: var() is read from the element. */
export function cssColour(element: HTMLElement, colour: string): string {
  const style = getComputedStyle(element);
  return colour.replace(/var\((--[\w-]+)\)/, (_, name: string) => style.getPropertyValue(name).trim());
}

/** Steps below, values on the left, in the colours of the theme. xName: of the x axis, where it is another metric. */
export function axes(element: HTMLElement, over: StepAxis, xName?: string): uPlot.Axis[] {
  const font = `11px ${getComputedStyle(element).fontFamily}`;
  const faint = cssColour(element, 'var(--faint)');
  const axis: uPlot.Axis = { stroke: faint, font, grid: { stroke: cssColour(element, 'var(--grid)'), width: 1, filter: gridLines }, ticks: { show: false }, gap };
  const named: uPlot.Axis = over === 'value' && xName ? { label: xName, labelFont: font, labelSize: 16 } : {};
  return [
    { ...axis, ...named, size: 28, space: (_, __, low, high) => Math.max(60, 8 * longestLabel([low, high])), ...(below[over] as Partial<uPlot.Axis>) },
    { ...axis, size: (chart, labels) => Math.max(leastSize, widest(chart.ctx, font, labels ?? []) + gap + 4), space: 34, values: tickWords },
  ];
}

const longestLabel = (range: MinMax) => Math.max(...tickLabels(range, false).map(({ length }) => length));

/** px right of the plot, so that the last number below is not cut off; a digit is about 7 px wide. */
export const roomForLast = (over: StepAxis, range: MinMax): number => (over === 'time' || over === 'seconds' ? 20 : Math.max(20, Math.ceil((7 * longestLabel(range)) / 2)));

const gap = 6;
/** px: most labels fit, so that charts above each other begin at the same place */
const leastSize = 58;

function widest(ctx: CanvasRenderingContext2D, font: string, labels: readonly string[]): number {
  ctx.save();
  ctx.font = font;
  const width = Math.max(0, ...labels.map((label) => ctx.measureText(label).width));
  ctx.restore();
  return Math.ceil(width);
}

const isLog = (chart: uPlot, axis: number) => chart.scales[chart.axes[axis]!.scale!]!.distr === 3;
const tickWords: uPlot.Axis.Values = (chart, ticks, axis) => tickLabels(ticks, isLog(chart, axis));

const whole: Partial<uPlot.Axis> = { incrs: wholes, values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : tick.toLocaleString('en-US'))) };
const below: Record<StepAxis, Partial<uPlot.Axis>> = {
  epochs: whole, steps: whole,
  seconds: { incrs: times, values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : formatDuration(tick).replace(/ 0[sm]$/, ''))) },
  time: { size: 40, values: (_, ticks) => timeLabels(ticks as number[], currentZone()) },
  value: { values: tickWords },
};

const dayInSeconds = 86_400;

/** Clock times, with the day below where a new one begins; days alone where the lines are that far apart. */
export function timeLabels(ticks: readonly number[], zone: string): string[] {
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : 0;
  let before = '';
  return ticks.map((tick) => {
    const { day, time } = zonedTime(tick * 1000, zone);
    const isNew = day !== before;
    before = day;
    if (step >= dayInSeconds) return day;
    const clock = step >= 60 ? time.slice(0, 5) : time;
    return isNew ? `${clock}\n${day}` : clock;
  });
}

/**
 * What stands beside the lines of the grid, with as many digits as tell neighbours apart: "12,500", "1.25e8". On a linear
 * axis all have an exponent or none. A logarithmic axis leaves some lines without words.
 */
export function tickLabels(ticks: readonly (number | null)[], log: boolean): string[] {
  const known = ticks.filter((tick) => tick !== null);
  const largest = Math.max(...known.map(Math.abs));
  const step = Math.min(...known.slice(1).map((tick, index) => Math.abs(tick - known[index]!)).filter((each) => each > 0));
  return ticks.map((tick) => {
    if (tick === null) return '';
    const size = Math.abs(tick);
    if (size === 0) return '0';
    const digits = log || !Number.isFinite(step) ? 4 : Math.min(15, Math.max(1, Math.floor(Math.log10(size)) - Math.floor(Math.log10(step) + 1e-9) + 3));
    const reach = log ? size : largest;
    return reach >= 1e6 || reach < 1e-3 ? Number(tick.toPrecision(digits)).toExponential().replace('e+', 'e') : tick.toLocaleString('en-US', { maximumSignificantDigits: digits });
  });
}

/** Over many decades only the powers of ten have a line: ten lines for each would be a grey field. */
const gridLines: uPlot.Axis.Filter = (chart, splits, axis) => {
  const { scale } = chart.axes[axis]!;
  if (!isLog(chart, axis) || Math.abs(chart.valToPos(10, scale!) - chart.valToPos(1, scale!)) > 50) return splits;
  return splits.map((split) => (Math.abs(Math.log10(split) - Math.round(Math.log10(split))) < 1e-6 ? split : null));
};
