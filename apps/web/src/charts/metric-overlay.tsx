'use client';

import { useMemo, useState } from 'react';
import { useRunMark } from '../shell/live-project';
import { Panel, Skeleton } from '../ui/panel';
import { QueryError } from '../ui/callout';
import { formatMetric } from '../format/numbers';
import { LineChart, type Line } from './line-chart';
import { RunDot } from './run-dot';
import { MetricPicker } from './metric-picker';
import { bestIndexes, lowerIsBetter } from './metric-keys';
import { countNonFinite, type Points } from './points';
import { useSeries } from './use-series';

interface OverlayProps {
  runs: readonly { id: string; name: string; status: string }[];
  metric: string;
  metrics: readonly string[];
  onMetric: (metric: string) => void;
  height?: number;
  note?: string;
  revision?: string;
}

const none: Points = { steps: [], values: [] };

/** One metric of several runs over each other, live. */
export function MetricOverlay({ runs, metric, metrics, onMetric, height = 260, note, revision }: OverlayProps) {
  const mark = useRunMark();
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const runIds = runs.map(({ id }) => id);
  const activeIds = runs.filter(({ status }) => status === 'RUNNING' || status === 'QUEUED').map(({ id }) => id);
  const { series, loaded, error, reload } = useSeries({ runIds, keys: [metric], activeIds, revision });
  const names = JSON.stringify(runs.map(({ id, name }) => [id, name]));
  const lines = useMemo<Line[]>(
    () => (JSON.parse(names) as [string, string][]).map(([id, label]) => ({ id, label, ...mark(id), points: series.get(id)?.get(metric) ?? none })),
    [names, series, mark, metric],
  );
  const drawn = lines.filter(({ points }) => points.steps.length > 0);
  const best = lines.map(({ points }) => bestOf(metric, points));
  const winners = bestIndexes(metric, best);
  const nonFinite = lines.reduce((sum, { points }) => sum + countNonFinite(points), 0);

  return (
    <Panel title="Metrics" flush actions={
      <>
        {note && <span className="hidden text-xs text-faint sm:inline">{note}</span>}
        <MetricPicker value={metric} onChange={onMetric} common={metrics} align="end" className="h-7! w-44! text-xs!" />
      </>
    }>
      {error && <div className="p-3"><QueryError error={error} retry={reload} /></div>}
      {!loaded ? <Skeleton rows={6} /> : drawn.length === 0 ? (
        <p className="grid place-items-center px-4 text-center text-muted" style={{ height }}>
          {activeIds.length > 0 ? `The first points of ${metric} appear after the first epoch.` : `None of these runs logged ${metric}. Choose another metric.`}
        </p>
      ) : (
        <div className="px-2 pt-1"><LineChart lines={lines} label={metric} height={height} highlighted={highlighted} /></div>
      )}
      <ul aria-label="Runs in the chart" className="flex flex-wrap gap-x-4 gap-y-1 px-3 pt-1 pb-2.5 text-xs">
        {lines.map((line, index) => (
          <li key={line.id} className="flex items-center gap-1.5" onMouseEnter={() => setHighlighted(line.id)} onMouseLeave={() => setHighlighted(null)}>
            <RunDot id={line.id} /><span className="max-w-48 truncate">{line.label}</span>
            <span className={winners.has(index) ? 'num font-semibold' : 'num text-muted'}>{formatMetric(best[index])}</span>
          </li>
        ))}
        {nonFinite > 0 && <li className="text-warning">{nonFinite} NaN or infinite values are not drawn</li>}
      </ul>
    </Panel>
  );
}

/** The best value of a line, or its last where the key has no better end. */
function bestOf(key: string, { values }: Points): number | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  const lower = lowerIsBetter(key);
  return lower === null ? finite.at(-1)! : lower ? Math.min(...finite) : Math.max(...finite);
}
