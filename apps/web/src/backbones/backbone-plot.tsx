'use client';

import { useQuery } from '@apollo/client/react';
import { parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import type { ChartTheme } from '../charts/chart-theme';
import { EChart } from '../charts/echart';
import { BestPerBackboneDocument, type BackboneCardFragment } from '../generated/graphql';
import { formatCompact, formatRate } from '../format/numbers';
import { useProject } from '../shell/project-context';
import { SelectInput } from '../ui/fields';
import { Panel } from '../ui/panel';
import { paretoFront } from './pareto';

const xs = {
  parameters: { label: 'Parameters', better: 'less', of: ({ parameters }: BackboneCardFragment) => parameters, format: formatCompact },
  native: { label: 'Pictures a second, native', better: 'more', of: ({ picturesPerSecond }: BackboneCardFragment) => picturesPerSecond?.native, format: formatRate },
  wasm: { label: 'Pictures a second, WebAssembly', better: 'more', of: ({ picturesPerSecond }: BackboneCardFragment) => picturesPerSecond?.wasm, format: formatRate },
} as const;
type X = keyof typeof xs;
const xNames = Object.keys(xs) as X[];

interface Range { min: number; max: number }

/** Around the points on a logarithmic axis: with a decade in all there are numbers below. */
const margin = (min: number, max: number) => Math.max(1.5, Math.sqrt(12 / (max / min)));

/** Accuracy against size or speed; what nothing beats in both is joined by a line. */
export function BackbonePlot({ backbones, onChoose }: { backbones: readonly BackboneCardFragment[]; onChoose: (name: string) => void }) {
  const [{ x, y }, show] = useQueryStates({ x: parseAsStringLiteral(xNames).withDefault('parameters'), y: parseAsStringLiteral(['published', 'yours']).withDefault('published') }, { history: 'replace' });
  const { data } = useQuery(BestPerBackboneDocument, { variables: { project: useProject() } });
  const yours = useMemo(() => new Map(data?.runGroups.nodes.map(({ values, aggregates }) => [String(values[0]?.value), aggregates[0]?.max ?? null])), [data]);
  const axis = xs[x];
  const points = useMemo(() => backbones.flatMap((backbone) => {
    const best = yours.get(backbone.name);
    const [across, up] = [xs[x].of(backbone), y === 'published' ? backbone.top1?.percent : best == null ? null : best * 100];
    return across == null || up == null ? [] : [{ x: across, y: up, backbone }];
  }), [backbones, yours, x, y]);
  const front = useMemo(() => paretoFront(points, axis.better), [points, axis]);
  const option = useCallback((theme: ChartTheme) => {
    // Its height is said: ECharts measures it by a Chinese letter, for which not every machine has a font, and labels would overlap.
    const label = { show: true, position: 'top', color: theme.muted, fontSize: 11, lineHeight: 13, formatter: ({ data: [, , , title] }: { data: [number, number, string, string] }) => title };
    const series = (name: string, ready: boolean, symbol: string, colour: string) => ({
      type: 'scatter', name, symbol, symbolSize: 11, itemStyle: { color: ready ? colour : theme.panel, borderColor: colour, borderWidth: 2 }, label, labelLayout: { hideOverlap: true },
      data: points.filter(({ backbone }) => (backbone.status === 'READY') === ready).map((point) => [point.x, point.y, point.backbone.name, point.backbone.title]),
    });
    return {
      grid: { left: 24, right: 24, top: 36, bottom: 30, containLabel: true },
      legend: { top: 0, right: 0, itemWidth: 14, itemHeight: 10 },
      tooltip: { trigger: 'item', formatter: ({ data: [across, up, , title] }: { data: [number, number, string, string] }) => `<strong>${title}</strong><br>${up.toFixed(1)} %<br>${axis.format(across)} ${x === 'parameters' ? 'parameters' : 'pictures/s'}` },
      xAxis: { type: 'log', name: axis.label, nameLocation: 'middle', nameGap: 26, min: ({ min, max }: Range) => min / margin(min, max), max: ({ min, max }: Range) => max * margin(min, max), axisLabel: { formatter: (value: number) => axis.format(Number(value.toPrecision(2))), hideOverlap: true, showMinLabel: false, showMaxLabel: false } },
      yAxis: { type: 'value', min: ({ min }: Range) => Math.max(0, Math.floor(min / 5) * 5), max: ({ max }: Range) => Math.min(100, Math.floor(max / 5) * 5 + 5), name: y === 'published' ? 'ImageNet top-1 (%)' : 'Best val/accuracy (%)', nameLocation: 'middle', nameGap: 34 },
      series: [
        series('Ready', true, 'circle', theme.categories[0]!),
        series('To download', false, 'diamond', theme.categories[1]!),
        { type: 'line', name: 'Not beaten', data: front.map((point) => [point.x, point.y]), symbol: 'none', silent: true, lineStyle: { color: theme.lineStrong, type: 'dashed', width: 1.5 }, itemStyle: { color: theme.lineStrong }, tooltip: { show: false } },
      ],
    };
  }, [points, front, axis, x, y]);
  const on = useMemo(() => ({ click: ({ data: point }: { data?: unknown[] }) => typeof point?.[2] === 'string' && onChoose(point[2]) }), [onChoose]) as Record<string, (event: never) => void>;

  return (
    <Panel title="Accuracy against size and speed" actions={
      <>
        <SelectInput aria-label="Upwards" value={y} onChange={(event) => void show({ y: event.target.value as 'yours' })} className="h-7! w-48! text-xs!"><option value="published">Published accuracy</option><option value="yours">Best in this project</option></SelectInput>
        <SelectInput aria-label="Across" value={x} onChange={(event) => void show({ x: event.target.value as X })} className="h-7! w-52! text-xs!">{xNames.map((each) => <option key={each} value={each}>{xs[each].label}</option>)}</SelectInput>
      </>
    }>
      {points.length === 0 ? <p className="py-6 text-center text-muted">{y === 'yours' ? 'No run of this project has measured val/accuracy on a backbone of known size and speed yet.' : 'No backbone has a published accuracy.'}</p> : (
        <EChart parts={['scatter', 'line']} option={option} on={on} height={340} label={`Backbones by accuracy and ${axis.label.toLowerCase()}`} description={`${points.length} backbones. Not beaten in both: ${front.map(({ backbone, y: up }) => `${backbone.title} with ${up.toFixed(1)} %`).join(', ')}.`} />
      )}
    </Panel>
  );
}
