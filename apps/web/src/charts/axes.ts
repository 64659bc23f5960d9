import type uPlot from 'uplot';
import { formatDuration } from '../format/time';

/** What the steps of a chart are. */
export type StepAxis = 'epochs' | 'seconds' | 'steps';

const words: Record<StepAxis, (step: number) => string> = { epochs: (step) => `Epoch ${step}`, seconds: (step) => `After ${formatDuration(step)}`, steps: (step) => `Step ${step}` };

/** "Epoch 3", "After 1m 15s" */
export const stepLabel = (over: StepAxis, step: number): string => words[over](step);

const wholes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
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
    { ...axis, size: 28, space: 60, incrs: over === 'seconds' ? times : wholes, values: (_, ticks) => ticks.map((tick) => (over === 'seconds' ? formatDuration(tick).replace(/ 0[sm]$/, '') : tick.toLocaleString('en-US'))) },
    { ...axis, size: 58, space: 34, values: (_, ticks) => ticks.map(tickLabel) },
  ];
}

const tickLabel = (tick: number) => (tick !== 0 && Math.abs(tick) < 1e-3 ? Number(tick.toPrecision(3)).toExponential() : String(Number(tick.toPrecision(4))));
