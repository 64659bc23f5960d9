'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { LineChart, type Line } from '../charts/line-chart';
import type { Points } from '../charts/points';
import { StackedBars } from '../charts/stacked-bars';
import { useSeries } from '../charts/use-series';
import { formatDuration } from '../format/time';
import { formatRate } from '../format/numbers';
import { RunMetricKeysDocument } from '../generated/graphql';
import { QueryError } from '../ui/callout';
import { EmptyState, Panel, Skeleton } from '../ui/panel';
import { isSystemKey, systemCharts, timeParts, type SystemChart } from './system-keys';

const colours = ['var(--run-0)', 'var(--run-1)', 'var(--run-2)', 'var(--run-4)', 'var(--run-3)', 'var(--run-5)', 'var(--run-6)'];
const keysPollMs = 5000;

const formats: Record<Exclude<SystemChart['unit'], null>, (value: number) => string> = {
  '%': (value) => `${value.toFixed(1)} %`, GiB: (value) => `${value.toFixed(2)} GiB`, 'MiB/s': (value) => `${value.toFixed(2)} MiB/s`,
  'pictures/s': (value) => `${formatRate(value)} pictures/s`,
};
const formatSeconds = (seconds: number) => (seconds < 10 ? `${seconds.toFixed(2)} s` : formatDuration(seconds));

/** What the run asked of its machine, and where each epoch's time went. */
export function SystemPanels({ run, revision }: { run: { id: string; kind: string; live: boolean }; revision: string }) {
  const { data, error, refetch } = useQuery(RunMetricKeysDocument, { variables: { id: run.id }, pollInterval: run.live ? keysPollMs : 0 });
  const names = data?.run?.metrics.map(({ key }) => key).filter(isSystemKey).join('\n');
  const keys = useMemo(() => (names ? names.split('\n') : []), [names]);
  if (!data) return error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={6} />;
  if (keys.length === 0) return <div className="rounded-lg border"><EmptyState title="Nothing was measured">{emptyText(run)}</EmptyState></div>;
  return <Charts runId={run.id} live={run.live} keys={keys} revision={revision} />;
}

const emptyText = ({ kind, live }: { kind: string; live: boolean }) =>
  kind === 'EXTERNAL' ? <>A script may log <code>system/cpu</code>, <code>system/memory</code>, <code>throughput</code> or <code>time/step</code>; charts of them appear here.</>
  : live ? 'Processor, memory, GPU and time per epoch appear here once a trainer has begun the run.' : 'The trainer of this run reported no processor, memory or time.';

function Charts({ runId, live, keys, revision }: { runId: string; live: boolean; keys: readonly string[]; revision: string }) {
  const runIds = useMemo(() => [runId], [runId]);
  const { series, loaded, error, reload } = useSeries({ runIds, keys, activeIds: live ? runIds : [], revision });
  const points = series.get(runId);
  const charts = useMemo(() => systemCharts(keys), [keys]);
  const parts = useMemo(() => timeParts.flatMap(({ key, ...look }): Line[] => (points?.get(key) ? [{ id: key, ...look, points: points.get(key)! }] : [])), [points]);
  if (!loaded) return <Skeleton rows={8} />;
  if (error && !points) return <QueryError error={error} retry={reload} />;
  return (
    <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
      {parts.length > 0 && (
        <Panel title="Time per epoch" flush actions={<Legend lines={parts} format={formatSeconds} />} className="lg:max-xl:col-span-2">
          <div className="px-2 py-1"><StackedBars parts={parts} label="time per epoch" format={formatSeconds} /></div>
        </Panel>
      )}
      {charts.map((chart) => <SystemPanel key={chart.title} chart={chart} points={points} />)}
    </div>
  );
}

function SystemPanel({ chart, points }: { chart: SystemChart; points?: ReadonlyMap<string, Points> }) {
  const { title, unit, over } = chart;
  const lines = useMemo(() => chart.lines.flatMap(({ key, label }, index): Line[] => (points?.get(key) ? [{ id: key, label, colour: colours[index % colours.length]!, points: points.get(key)! }] : [])), [chart, points]);
  const format = unit ? formats[unit] : String;
  return (
    <Panel title={title} flush actions={<Legend lines={lines} format={format} />}>
      <div className="px-2 py-1"><LineChart lines={lines} label={title} height={208} over={over} format={format} range={unit === '%' ? [0, 100] : unit ? [0, null] : undefined} /></div>
    </Panel>
  );
}

function Legend({ lines, format }: { lines: readonly Line[]; format: (value: number) => string }) {
  return (
    <ul className="flex flex-wrap justify-end gap-x-3 text-xs">
      {lines.map(({ id, label, colour, points }) => (
        <li key={id} className="flex items-center gap-1.5"><span aria-hidden className="w-3 border-t-2" style={{ borderColor: colour }} /><span className="text-muted">{label}</span><span className="num">{format(points.values.at(-1)!)}</span></li>
      ))}
    </ul>
  );
}
