'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import { formatMetric } from '../format/numbers';
import { useRunMark } from '../shell/live-project';
import { QueryError } from '../ui/callout';
import { Skeleton } from '../ui/panel';
import { chartLines, type ChartLines, type RunLine } from './chart-lines';
import { axisOf, defaultOptions, pointsPerRun, type ChartOptions } from './chart-options';
import { describeLines } from './describe-lines';
import type { MinMax } from './drawn-line';
import type { HoverStore } from './hover';
import { LinesPlot } from './lines-plot';
import { noPoints } from './points';
import { useRunGroups } from './run-groups';
import { useSeries, type SeriesByRun } from './use-series';

export interface ChartRun {
  id: string;
  name: string;
  status: string;
  kind?: string;
}

export interface MetricChartProps {
  runs: readonly ChartRun[];
  /** the key of the metric */
  metric: string;
  /** how it is drawn; what is left out is as in defaultOptions */
  options?: Partial<ChartOptions>;
  /** px */
  height?: number;
  /** a new value reads everything again: epochLog(runs), where their attempts are known */
  revision?: string;
  /** runs that are not drawn */
  hidden?: ReadonlySet<string>;
  /** shared by charts that point at the same run and position */
  hover?: HoverStore;
  /** the shown part of the x axis; left out, the chart keeps its own */
  zoom?: MinMax | null;
  onZoom?: (zoom: MinMax | null) => void;
  /** gets what is drawn whenever that changes, for legends and exports; readAll: the same lines with every point, as far as that can be kept */
  onDrawn?: (drawn: ChartLines, readAll: () => Promise<ChartLines>) => void;
}

/**
 * One metric of up to 1000 runs over each other. It reads the points by itself, in as much detail as fits, reads a part
 * anew when somebody zooms in, and stays live while runs train.
 *
 *     <MetricChart runs={[{ id, name, status }]} metric="val/loss" options={{ smoothing: 0.6, logY: true, groupBy: 'config:optimizer.name' }} height={280} />
 */
export function MetricChart({ height = 260, metric, hover, ...props }: MetricChartProps) {
  const options = { ...defaultOptions, ...props.options };
  const [ownZoom, setOwnZoom] = useState<MinMax | null>(null);
  const zoom = props.zoom === undefined ? ownZoom : props.zoom;
  const { drawn, loaded, error, reload, anyActive } = useChartLines({ ...props, metric, options, zoom });
  const { over } = axisOf(options.xAxis);
  const ofSteps = over === 'epochs' && props.runs.length > 0 && props.runs.every(({ kind }) => kind === 'EXTERNAL') ? 'steps' : over;
  if (error && drawn.lines.length === 0) return <div className="p-3"><QueryError error={error} retry={reload} /></div>;
  if (!loaded) return <div style={{ height }} className="overflow-hidden"><Skeleton rows={6} /></div>;
  if (drawn.lines.length === 0 && !zoom) return <NothingDrawn metric={metric} height={height} waiting={anyActive} />;
  return (
    <>
      {error && <QueryError error={error} retry={reload} />}
      <LinesPlot lines={drawn.lines} description={describeLines(metric, drawn.lines, ofSteps, formatMetric)} height={height} over={ofSteps} xName={options.xAxis}
        logX={options.logX} logY={options.logY} zoom={zoom} onZoom={props.onZoom ?? setOwnZoom} bounds={drawn.bounds} hover={hover} />
      {drawn.notes.length > 0 && <ul aria-label={`What ${metric} does not show`} className="flex flex-wrap gap-x-3 px-2 pb-1 text-xs text-faint">{drawn.notes.map((note) => <li key={note}>{note}</li>)}</ul>}
    </>
  );
}

function NothingDrawn({ metric, height, waiting }: { metric: string; height: number; waiting: boolean }) {
  return (
    <p className="grid place-items-center px-4 text-center text-muted" style={{ height }}>
      {waiting ? `The first points of ${metric} appear after the first epoch.` : `None of these runs logged ${metric}. Choose another metric.`}
    </p>
  );
}

const isActive = ({ status }: ChartRun) => status === 'RUNNING' || status === 'QUEUED';
const nothingHidden: ReadonlySet<string> = new Set();

function useChartLines({ runs, metric, options, revision, hidden = nothingHidden, zoom, onDrawn }: MetricChartProps & { options: ChartOptions; zoom: MinMax | null }) {
  const mark = useRunMark();
  const { xAxis, xKey } = axisOf(options.xAxis);
  const runIds = useMemo(() => runs.map(({ id }) => id), [runs]);
  const activeIds = runs.filter(isActive).map(({ id }) => id);
  const { series, loaded, error, reload, readAll } = useSeries({ runIds, keys: [metric], activeIds, revision, xAxis, xKey, maxPoints: pointsPerRun(runs.length), range: zoom, smoothing: options.smoothing });
  const groups = useRunGroups(runIds, options.groupBy);
  const names = JSON.stringify(runs.map(({ id, name }) => [id, name]));
  const settings = JSON.stringify(options);
  const draw = useCallback((from: SeriesByRun) => {
    const lines = (JSON.parse(names) as [string, string][]).filter(([id]) => !hidden.has(id)).map(([id, label]): RunLine => ({ id, label, ...mark(id), points: from.get(id)?.get(metric) ?? noPoints }));
    return chartLines(metric, lines, JSON.parse(settings) as ChartOptions, groups);
  }, [names, mark, metric, hidden, groups, settings]);
  const drawn = useMemo(() => draw(series), [draw, series]);
  useEffect(() => onDrawn?.(drawn, async () => draw(await readAll())), [drawn, draw, readAll, onDrawn]);
  return { drawn, loaded: loaded && (options.groupBy === null || groups !== null || runs.length === 0), error, reload, anyActive: activeIds.length > 0 };
}
