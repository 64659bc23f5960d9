import type { EChartsCoreOption } from 'echarts/core';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { Column } from '../columns';
import { scaleOf, shorten, tooltipOf } from '../parallel/parallel-option';
import type { Explored } from '../use-explored';
import { straightLine } from './rank-correlation';

export interface Plotted {
  x: Column;
  y: Column;
  colour: Column | null;
  size: Column | null;
  /** places of the runs on the Pareto front, in order of x; null: not drawn */
  front: readonly number[] | null;
  trend: boolean;
}

const symbols = ['circle', 'triangle', 'rect', 'diamond', 'pin', 'arrow', 'roundRect'];
const mostCategories = 7;

export function scatterOption({ runs, isLog }: Pick<Explored, 'runs' | 'isLog'>, plotted: Plotted, theme: ChartTheme): EChartsCoreOption {
  const { x, y, colour, size, front } = plotted;
  const places = runs.map((_, place) => place).filter((place) => x.values[place] !== null && y.values[place] !== null);
  const numeric = colour?.kind === 'number';
  const groups = colour && !numeric ? grouped(places, colour) : [['', places] as const];
  const axis = (column: Column) => ({
    ...withRoom(column, isLog(column)), name: shorten(column.label, 40), nameLocation: 'middle', nameTextStyle: { color: theme.ink, fontSize: 12 },
  });
  const shown = [...new Set([x, y, colour, size].filter((column) => column !== null))];
  return {
    grid: { left: 66, right: numeric ? 96 : 24, top: colour && !numeric ? 40 : 16, bottom: 48 },
    xAxis: { ...axis(x), nameGap: 30 }, yAxis: { ...axis(y), nameGap: 48 },
    tooltip: { trigger: 'item', formatter: ({ data }: { data: { place?: number } }) => (data.place === undefined ? '' : tooltipOf(runs[data.place]!.name, shown, data.place)) },
    ...(colour && !numeric ? { legend: { type: 'scroll', top: 4, left: 60, data: groups.map(([name]) => name), itemWidth: 12, itemHeight: 10 } } : {}),
    ...(numeric ? { visualMap: { type: 'continuous', dimension: 2, seriesIndex: 0, min: colour.min, max: colour.max === colour.min ? colour.min + 1 : colour.max, right: 0, top: 'middle', itemHeight: 120, precision: 4, text: [colour.format(colour.max), colour.format(colour.min)], inRange: { color: [...theme.scale] } } } : {}),
    series: [
      ...groups.map(([name, members], index) => ({
        type: 'scatter', name, symbol: symbols[index % symbols.length], large: false,
        itemStyle: { opacity: 0.75, ...(numeric ? {} : { color: theme.categories[index % theme.categories.length] }) },
        emphasis: { scale: 1.4, itemStyle: { opacity: 1, borderColor: theme.ink, borderWidth: 1.5 } },
        data: members.map((place) => ({ place, value: [x.values[place], y.values[place], ...(numeric ? [colour.values[place] ?? Number.NaN] : [])], symbolSize: sizeOf(size, place) })),
      })),
      ...(front ? [frontSeries(front, x, y, theme)] : []),
      ...(plotted.trend ? trendSeries(places, plotted, isLog, theme) : []),
    ],
  };
}

/** The commonest categories by name, all others together. */
function grouped(places: readonly number[], colour: Column): (readonly [string, number[]])[] {
  const members = new Map<string, number[]>();
  for (const place of places) {
    const name = String(colour.values[place] ?? 'none');
    members.set(name, [...(members.get(name) ?? []), place]);
  }
  const ordered = [...members].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  if (ordered.length <= mostCategories) return ordered;
  return [...ordered.slice(0, mostCategories - 1), ['others', ordered.slice(mostCategories - 1).flatMap(([, rest]) => rest)]];
}

/** Pixels: the area grows with the value. */
function sizeOf(size: Column | null, place: number): number {
  const value = size?.values[place];
  if (!size || typeof value !== 'number' || size.max === size.min) return 8;
  return 5 + 19 * Math.sqrt((value - size.min) / (size.max - size.min));
}

/** The axis of a column, a little longer than its values: points do not lie on the frame. */
function withRoom(column: Column, log: boolean) {
  const scale = scaleOf(column, log);
  const { kind, min, max } = column;
  if (kind === 'category') return scale;
  const axisLabel = { ...scale.axisLabel, showMinLabel: false, showMaxLabel: false };
  if (log) return { ...scale, axisLabel, min: min / (max / min) ** 0.04, max: max * (max / min) ** 0.04 };
  const pad = (max - min || 1) * 0.04;
  return { ...scale, axisLabel, min: min - pad, max: max + pad };
}

function frontSeries(front: readonly number[], x: Column, y: Column, theme: ChartTheme) {
  return {
    type: 'line', name: 'Pareto front', step: 'end', symbol: 'circle', symbolSize: 13, z: 1, lineStyle: { color: theme.ink, width: 1.5, type: 'dashed' },
    itemStyle: { color: 'transparent', borderColor: theme.ink, borderWidth: 1.5 }, data: front.map((place) => ({ place, value: [x.values[place], y.values[place]] })),
  };
}

function trendSeries(places: readonly number[], { x, y }: Plotted, isLog: Explored['isLog'], theme: ChartTheme) {
  if (x.kind !== 'number' || y.kind !== 'number') return [];
  const into = (column: Column) => (isLog(column) ? Math.log10 : (value: number) => value);
  const [toX, toY] = [into(x), into(y)];
  const line = straightLine(places.map((place) => toX(x.values[place] as number)), places.map((place) => toY(y.values[place] as number)));
  if (!line) return [];
  const at = (value: number) => {
    const expected = line.offset + line.slope * toX(value);
    return [value, isLog(y) ? 10 ** expected : expected];
  };
  return [{ type: 'line', name: 'Trend', silent: true, symbol: 'none', z: 1, clip: true, lineStyle: { color: theme.accent, width: 2 }, data: [at(x.min), at(x.max)] }];
}
