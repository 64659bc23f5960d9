import type { EChartsCoreOption } from 'echarts/core';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { Column } from '../columns';
import { shorten } from '../parallel/parallel-option';
import { errorAt } from './power-law';
import type { SizeCurve } from './size-groups';

const symbols = ['circle', 'triangle', 'rect', 'diamond', 'roundRect', 'pin', 'arrow'];

/** Means over the number of pictures with their deviations; the fit goes on, dashed, to twice the most. */
export function sizeOption(curves: readonly SizeCurve[], target: Column, lower: boolean, theme: ChartTheme): EChartsCoreOption {
  const counts = curves.flatMap(({ sizes }) => sizes.map(({ pictures }) => pictures));
  const ticks = [...new Set(counts)].sort((a, b) => a - b);
  return {
    grid: { left: 66, right: 24, top: curves.length > 1 ? 56 : 20, bottom: 48 },
    legend: { show: curves.length > 1, top: 4, type: 'scroll', data: curves.map(({ name }) => name) },
    xAxis: { type: 'log', min: Math.min(...counts) / 1.2, max: Math.max(...counts) * 2.1, name: 'Training pictures', nameLocation: 'middle', nameGap: 30, nameTextStyle: { color: theme.ink, fontSize: 12 }, axisLabel: { customValues: [...ticks, 2 * ticks.at(-1)!], hideOverlap: true, formatter: (value: number) => Math.round(value).toLocaleString('en-US') }, splitLine: { show: false } },
    yAxis: { type: 'value', scale: true, name: shorten(target.label, 40), nameLocation: 'middle', nameGap: 48, nameTextStyle: { color: theme.ink, fontSize: 12 }, axisLabel: { formatter: (value: number) => String(Number(value.toPrecision(3))) } },
    tooltip: { trigger: 'item', formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => words(curves[Math.floor(seriesIndex / 3)]!, dataIndex, target) },
    series: curves.flatMap((curve, index) => seriesOf(curve, index, lower, theme)),
  };
}

function words({ sizes }: SizeCurve, at: number, { format }: Column): string {
  const size = sizes[at];
  return size ? `${size.pictures.toLocaleString('en-US')} pictures: ${format(size.mean)}${size.deviation === null ? '' : ` ± ${format(size.deviation)}`}<br>${size.runs} ${size.runs === 1 ? 'run' : 'runs'}` : '';
}

function seriesOf({ name, sizes, law }: SizeCurve, index: number, lower: boolean, theme: ChartTheme) {
  const colour = theme.categories[index % theme.categories.length]!;
  const [least, most] = [sizes[0]!.pictures, sizes.at(-1)!.pictures];
  const fitted = law ? Array.from({ length: 40 }, (_, step) => least * ((2 * most) / least) ** (step / 39)) : [];
  const bars = (_: unknown, api: { value(at: number): number; coord(point: [number, number]): [number, number] }) => {
    const [x, top] = api.coord([api.value(0), api.value(2)]);
    const [, bottom] = api.coord([api.value(0), api.value(1)]);
    const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1.5 } });
    return { type: 'group', children: [line(x, top, x, bottom), line(x - 4, top, x + 4, top), line(x - 4, bottom, x + 4, bottom)] };
  };
  return [
    { type: 'line', name, symbol: symbols[index % symbols.length], symbolSize: 9, lineStyle: { color: colour, width: 2 }, itemStyle: { color: colour }, data: sizes.map(({ pictures, mean }) => [pictures, mean]) },
    { type: 'custom', renderItem: bars, silent: true, z: 3, encode: { x: 0, y: [1, 2] }, data: sizes.filter(({ deviation }) => deviation !== null).map(({ pictures, mean, deviation }) => [pictures, mean - deviation!, mean + deviation!]) },
    { type: 'line', name: `${name} (fit)`, silent: true, symbol: 'none', lineStyle: { color: colour, width: 1.5, type: 'dashed' }, itemStyle: { color: colour }, data: fitted.map((pictures) => [pictures, lower ? errorAt(law!, pictures) : 1 - errorAt(law!, pictures)]) },
  ];
}
