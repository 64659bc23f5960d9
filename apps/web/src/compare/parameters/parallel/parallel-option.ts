import type { EChartsCoreOption } from 'echarts/core';
import { escapeHtml } from '../../../charts/escape-html';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { Column } from '../columns';
import { isRange, type Filter } from '../filters';
import type { Explored } from '../use-explored';

/** One line per run across the axes, coloured by the target. */
export function parallelOption({ runs, axes, target, isLog }: Pick<Explored, 'runs' | 'axes' | 'target' | 'isLog'>, theme: ChartTheme, narrow: boolean): EChartsCoreOption {
  // The value that colours comes after those that have an axis.
  const data = runs.map((_, place) => [...axes, target].map(({ values }) => values[place] ?? '-'));
  return {
    parallel: { left: 44, right: narrow ? 36 : 110, top: 34, bottom: 26, parallelAxisDefault: { realtime: false, nameLocation: 'end', nameGap: 14, nameTextStyle: { color: theme.ink, fontSize: 11 } } },
    parallelAxis: axes.map((column, dim) => axisOf(column, dim, isLog(column), theme, narrow)),
    visualMap: {
      type: 'continuous', dimension: axes.length, min: target.min, max: target.max, calculable: false, show: !narrow, right: 0, top: 'middle', itemHeight: 120, precision: 4,
      text: [target.format(target.max), target.format(target.min)], inRange: { color: [...theme.scale] }, outOfRange: { color: theme.lineStrong },
    },
    tooltip: { trigger: 'item', formatter: ({ dataIndex }: { dataIndex: number }) => tooltipOf(runs[dataIndex]!.name, axes.some(({ id }) => id === target.id) ? axes : [...axes, target], dataIndex) },
    series: {
      type: 'parallel', data, smooth: 0.02, progressive: 0, inactiveOpacity: 0.04, activeOpacity: runs.length > 300 ? 0.55 : 0.75, lineStyle: { width: runs.length > 100 ? 1 : 1.5, opacity: runs.length > 300 ? 0.45 : 0.7 },
      emphasis: { lineStyle: { width: 3, opacity: 1 } },
    },
  };
}

/** px, of what marks a stretch of an axis; the axis' labels stand beside it. */
const markWidth = 22;

/** Its labels stand before the lines. */
function axisOf(column: Column, dim: number, log: boolean, theme: ChartTheme, narrow: boolean) {
  const scale = scaleOf(column, log);
  return { dim, id: `axis${dim}`, z: 10, name: shorten(column.label, narrow ? 15 : 22), ...scale, axisLine: { lineStyle: { color: theme.muted } }, areaSelectStyle: { width: markWidth, color: theme.accent, borderColor: theme.accent, borderWidth: 1, opacity: 0.25 }, axisLabel: { ...scale.axisLabel, margin: markWidth / 2 + 4, color: theme.ink, textBorderColor: theme.panel, textBorderWidth: 3 } };
}

export const shorten = (text: string, most: number) => (text.length > most ? `…${text.slice(-(most - 1))}` : text);

export const tooltipOf = (name: string, columns: readonly Column[], place: number) =>
  `<b>${escapeHtml(name)}</b><br>${columns.map(({ label, values, format }) => `${escapeHtml(label)}: <b>${escapeHtml(format(values[place]!))}</b>`).join('<br>')}`;

/** The kind of axis a column has, within its values. */
export function scaleOf({ id, kind, categories, min, max, format }: Column, log: boolean) {
  const time = id === 'run:duration' ? format : null;
  if (kind === 'category') return { type: 'category', data: [...categories], axisLabel: { formatter: (name: string) => shorten(name, 14) } };
  if (log) return { type: 'log', min, max, axisLabel: { formatter: time ?? tick } };
  // A value that never changes still needs a stretch.
  return { type: 'value', scale: true, ...(min === max ? { min: min - 1, max: max + 1 } : { min, max }), axisLabel: { formatter: time ?? ((value: number) => (Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3) ? tick(value) : format(Number(value.toPrecision(6))).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''))) } };
}

const tick = (value: number) => (value !== 0 && (Math.abs(value) < 1e-2 || Math.abs(value) >= 1e5) ? value.toExponential(Number(value.toPrecision(1)) === value ? 0 : 1) : String(Number(value.toPrecision(3))));

/** Where ECharts marks an axis for a filter. */
export function intervalsOf({ categories, min, max }: Column, filter: Filter): [number, number][] {
  if (!isRange(filter)) return filter.among.map((category) => categories.indexOf(category)).filter((index) => index >= 0).map((index) => [index - 0.3, index + 0.3]);
  return [[filter.from ?? min, filter.to ?? max]];
}

/** The filter that marked stretches of an axis mean; null for none. */
export function filterOf({ kind, categories, min, max }: Column, intervals: readonly (readonly [number, number])[]): Filter | null {
  if (intervals.length === 0) return null;
  const [low, high] = [Math.min(...intervals.map(([from]) => from)), Math.max(...intervals.map(([, to]) => to))];
  if (kind === 'category') return { among: categories.filter((_, index) => intervals.some(([from, to]) => index >= from - 0.01 && index <= to + 0.01)) };
  return { from: low <= min ? null : low, to: high >= max ? null : high };
}
