'use client';

import { ArrowLeft, ArrowRight, Ellipsis, FileDown, ImageDown, Maximize2, Minimize2, Table2, Trash2 } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { cssColour } from '../../charts/axes';
import type { ChartLines } from '../../charts/chart-lines';
import { axisNames, type ChartOptions } from '../../charts/chart-options';
import { ChartTable } from '../../charts/chart-table';
import { chartCsv, chartPng, chartSvg } from '../../charts/export-chart';
import { scalesOf } from '../../charts/lines-plot';
import { MetricChart, type MetricChartProps } from '../../charts/metric-chart';
import { Button } from '../../ui/button';
import { download, fileName } from '../../ui/download';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { Panel } from '../../ui/panel';
import { HeightHandle } from './height-handle';

interface CurvePanelProps extends MetricChartProps {
  options: ChartOptions;
  height: number;
  onHeight: (height: number) => void;
  /** undefined where it cannot be moved that way */
  onMove: { before?: () => void; after?: () => void };
  onRemove?: () => void;
  alone: boolean;
  onAlone: (alone: boolean) => void;
}

/** One chart of the grid with what can be done to it. */
export function CurvePanel({ onHeight, onMove, onRemove, alone, onAlone, onDrawn, ...chart }: CurvePanelProps) {
  const { metric } = chart;
  const panel = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<ChartLines | null>(null);
  const [table, setTable] = useState(false);
  const readAll = useRef<() => Promise<ChartLines>>(undefined);
  const take = useCallback<NonNullable<MetricChartProps['onDrawn']>>((next, all) => {
    setDrawn(next);
    readAll.current = all;
    onDrawn?.(next, all);
  }, [onDrawn]);
  const lines = drawn?.lines ?? [];
  const xName = axisNames[chart.options.xAxis] ?? chart.options.xAxis;
  const saveCsv = async () => {
    // Without an answer what is drawn is still worth having.
    const all = await readAll.current?.().catch(() => drawn);
    download(chartCsv(metric, xName, all?.lines ?? []), `${fileName(metric)}.csv`, 'text/csv');
  };
  return (
    <div ref={panel} className="min-w-0">
      <Panel title={metric} flush actions={
        <>
          <Button variant="ghost" size="icon" aria-label={alone ? `Show ${metric} among the others` : `Show ${metric} alone`} title={alone ? 'Back to all charts' : 'Fill the page'} onClick={() => onAlone(!alone)}>{alone ? <Minimize2 aria-hidden /> : <Maximize2 aria-hidden />}</Button>
          <Menu trigger={<Button variant="ghost" size="icon" aria-label={`More for ${metric}`}><Ellipsis aria-hidden /></Button>}>
            <MenuItem onSelect={() => setTable(true)}><Table2 aria-hidden />As a table</MenuItem>
            <MenuItem onSelect={() => void savePng(panel.current!, metric)}><ImageDown aria-hidden />Save as PNG</MenuItem>
            <MenuItem onSelect={() => saveSvg(panel.current!, chart, drawn)}><ImageDown aria-hidden />Save as SVG</MenuItem>
            <MenuItem onSelect={() => void saveCsv()}><FileDown aria-hidden />Save as CSV</MenuItem>
            <MenuSeparator />
            <MenuItem disabled={!onMove.before} onSelect={onMove.before}><ArrowLeft aria-hidden />Move before</MenuItem>
            <MenuItem disabled={!onMove.after} onSelect={onMove.after}><ArrowRight aria-hidden />Move behind</MenuItem>
            <MenuItem disabled={!onRemove} onSelect={onRemove}><Trash2 aria-hidden />Remove</MenuItem>
          </Menu>
        </>
      }>
        <div className="px-2 pt-1">
          {chart.runs.every(({ id }) => chart.hidden?.has(id)) ? <p className="grid place-items-center text-muted" style={{ height: chart.height }}>Every run is hidden. Tick some in the list of runs.</p> : <MetricChart {...chart} onDrawn={take} />}
        </div>
        <HeightHandle height={chart.height} onHeight={onHeight} />
      </Panel>
      {table && <ChartTable metric={metric} xName={xName} lines={lines} open onOpenChange={setTable} />}
    </div>
  );
}

async function savePng(panel: HTMLElement, metric: string): Promise<void> {
  const canvas = panel.querySelector('canvas');
  if (canvas) download(await chartPng(canvas, metric), `${fileName(metric)}.png`, 'image/png');
}

function saveSvg(panel: HTMLElement, { metric, options, zoom = null }: Pick<CurvePanelProps, 'metric' | 'options' | 'zoom'>, drawn: ChartLines | null): void {
  const { lines, bounds } = drawn ?? { lines: [], bounds: null };
  const { logX, logY } = options;
  const svg = chartSvg({ title: metric, lines, ...scalesOf(lines, { zoom, bounds, logX, logY }), logX, logY, colour: (css) => cssColour(panel, css) });
  download(svg, `${fileName(metric)}.svg`, 'image/svg+xml');
}
