import type uPlot from 'uplot';
import { formatDuration } from '../format/time';

/** What positions on the x axis are: time is seconds since 1970, value that of another metric. */
export type StepAxis = 'epochs' | 'seconds' | 'steps' | 'time' | 'value';

const words: Record<StepAxis, (step: number) => string> = {
  epochs: (step) => `Epoch ${plain(step)}`,
  seconds: (step) => `After ${formatDuration(step)}`,
  steps: (step) => `Step ${plain(step)}`,
  time: (step) => new Date(step * 1000).toLocaleString(),
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

/** Steps below, values on the left, in the colours of the theme. */
export function axes(element: HTMLElement, over: StepAxis): uPlot.Axis[] {
  const font = `11px ${getComputedStyle(element).fontFamily}`;
  const axis: uPlot.Axis = { stroke: cssColour(element, 'var(--faint)'), font, grid: { stroke: cssColour(element, 'var(--grid)'), width: 1 }, ticks: { show: false }, gap: 6 };
  return [
    { ...axis, size: 28, space: 60, ...(below[over] as Partial<uPlot.Axis>) },
    { ...axis, size: 58, space: 34, values: (_, ticks) => ticks.map(tickLabel) },
  ];
}

const whole: Partial<uPlot.Axis> = { incrs: wholes, values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : tick.toLocaleString('en-US'))) };
const below: Record<StepAxis, Partial<uPlot.Axis>> = {
  epochs: whole, steps: whole,
  seconds: { incrs: times, values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : formatDuration(tick).replace(/ 0[sm]$/, ''))) },
  time: { size: 40 },
  value: { values: (_, ticks) => ticks.map(tickLabel) },
};

// A logarithmic axis leaves some ticks without words.
const tickLabel = (tick: number | null) => (tick === null ? '' : tick !== 0 && Math.abs(tick) < 1e-3 ? Number(tick.toPrecision(3)).toExponential() : String(Number(tick.toPrecision(4))));
