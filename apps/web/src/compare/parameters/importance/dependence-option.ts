import type { EChartsCoreOption } from 'echarts/core';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { Column } from '../columns';
import { scaleOf, shorten } from '../parallel/parallel-option';
import { emptyStretches, type Dependence } from './partial-dependence';

/** What the forest expects of the target over one value, all charts over the same stretch of the target. */
export function dependenceOption({ points }: Dependence, column: Column, target: Column, [low, high]: readonly [number, number], log: boolean, theme: ChartTheme): EChartsCoreOption {
  const pad = (high - low || 0.1) * 0.08;
  const yAxis = { type: 'value', min: low - pad, max: high + pad, splitNumber: 4, axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: (value: number) => String(Number(value.toPrecision(3))) } };
  const grid = { left: 46, right: 14, top: 10, bottom: 34 };
  return column.kind === 'category' ? bars(points, column, target, low - pad, yAxis, grid, theme) : curve(points, column, target, low - pad, yAxis, grid, log, theme);
}

const words = (at: string, target: Column, { mean, low, high, runs }: Dependence['points'][number]) =>
  `${at}: expected ${target.format(mean)}<br>most runs ${target.format(low)} to ${target.format(high)}<br>${runs} ${runs === 1 ? 'run' : 'runs'} there`;

function bars(points: Dependence['points'], column: Column, target: Column, floor: number, yAxis: object, grid: object, theme: ChartTheme): EChartsCoreOption {
  const whiskers = (_: unknown, api: { value(at: number): number; coord(point: [number, number]): [number, number] }) => {
    const [x, top] = api.coord([api.value(0), api.value(2)]);
    const [, bottom] = api.coord([api.value(0), api.value(1)]);
    const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: theme.ink, lineWidth: 1.25 } });
    return { type: 'group', children: [line(x, top, x, bottom), line(x - 5, top, x + 5, top), line(x - 5, bottom, x + 5, bottom)] };
  };
  return {
    grid, yAxis,
    xAxis: { type: 'category', data: points.map(({ at }) => String(at)), axisLabel: { interval: 0, rotate: points.length > 5 ? 30 : 0, hideOverlap: true, formatter: (name: string) => shorten(name, 12) } },
    tooltip: { trigger: 'axis', formatter: ([{ dataIndex }]: [{ dataIndex: number }]) => words(shorten(String(points[dataIndex]!.at).replace(/[<>&]/g, ' '), 40), target, points[dataIndex]!) },
    series: [
      { type: 'bar', barMaxWidth: 46, itemStyle: { color: theme.categories[0], opacity: 0.85 }, data: points.map(({ mean }) => mean), markLine: undefined, baseValue: floor },
      { type: 'custom', renderItem: whiskers, silent: true, z: 5, data: points.map(({ low, high }, index) => [index, low, high]), encode: { x: 0, y: [1, 2] } },
    ],
  };
}

function curve(points: Dependence['points'], column: Column, target: Column, floor: number, yAxis: object, grid: object, log: boolean, theme: ChartTheme): EChartsCoreOption {
  const own = column.values.filter((value): value is number => typeof value === 'number');
  const empty = emptyStretches(own, log ? Math.log10 : (value) => value);
  const colour = theme.categories[0]!;
  const at = (pick: (point: Dependence['points'][number]) => number) => points.map((point) => [point.at, pick(point)]);
  // A band is the stretch above the lower line; on a scale that starts above nought stacking needs both lines.
  const band = { type: 'line', symbol: 'none', silent: true, stack: 'band', stackStrategy: 'all', lineStyle: { opacity: 0 } };
  return {
    grid, yAxis, xAxis: scaleOf(column, log),
    tooltip: { trigger: 'axis', formatter: (shown: { seriesName: string; dataIndex: number }[]) => {
      const line = shown.find(({ seriesName }) => seriesName === 'expected');
      return line ? words(column.format(points[line.dataIndex]!.at), target, points[line.dataIndex]!) : '';
    } },
    series: [
      { ...band, data: at(({ low }) => low) },
      { ...band, areaStyle: { color: colour, opacity: 0.15 }, data: at(({ low, high }) => high - low) },
      {
        type: 'line', name: 'expected', symbolSize: points.length < 8 ? 6 : 0, lineStyle: { color: colour, width: 2 }, itemStyle: { color: colour }, data: at(({ mean }) => mean),
        ...(empty.length > 0 ? { markArea: { silent: true, itemStyle: { color: theme.faint, opacity: 0.12 }, label: { show: true, position: 'insideTop', color: theme.muted, fontSize: 10 }, data: empty.map(([from, to]) => [{ xAxis: from, name: 'no runs' }, { xAxis: to }]) } } : {}),
      },
      { type: 'scatter', name: 'runs', silent: true, symbol: 'rect', symbolSize: [1, 7], itemStyle: { color: theme.ink, opacity: 0.35 }, data: own.map((value) => [value, floor]) },
    ],
  };
}
