'use client';

import { useMemo, useState } from 'react';
import { LineChart, type Line } from '../../charts/line-chart';
import type { Points } from '../../charts/points';
import { useSeries } from '../../charts/use-series';
import { epochLog } from '../../runs/epoch-log';
import { useRunMark } from '../../shell/live-project';
import { QueryError } from '../../ui/callout';
import { Skeleton } from '../../ui/panel';
import type { Block } from '../blocks/parse-block';
import { RunsFrame } from './block-frame';
import { RunName } from './report-place';
import { useBlockRuns, type BlockRun } from './use-block-runs';

const none: Points = { steps: [], values: [] };

export function ChartBlock({ block }: { block: Block }) {
  const metric = block.metric!;
  const found = useBlockRuns(block, [metric]);
  return <RunsFrame title={block.title ?? metric} label={`Chart of ${metric}`} found={found}><Curves runs={found.runs} metric={metric} height={block.height ?? 280} /></RunsFrame>;
}

function Curves({ runs, metric, height }: { runs: readonly BlockRun[]; metric: string; height: number }) {
  const mark = useRunMark();
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const activeIds = runs.filter(({ status }) => status === 'RUNNING' || status === 'QUEUED').map(({ id }) => id);
  const { series, loaded, error, reload } = useSeries({ runIds: runs.map(({ id }) => id), keys: [metric], activeIds, revision: epochLog(runs) });
  const names = JSON.stringify(runs.map(({ id, name }) => [id, name]));
  const lines = useMemo<Line[]>(
    () => (JSON.parse(names) as [string, string][]).map(([id, label]) => ({ id, label, ...mark(id), points: series.get(id)?.get(metric) ?? none })),
    [names, series, mark, metric],
  );
  if (!loaded) return <Skeleton rows={6} />;
  const empty = lines.every(({ points }) => points.steps.length === 0);
  return (
    <>
      {error && <div className="p-3"><QueryError error={error} retry={reload} /></div>}
      {empty ? (
        <p className="grid place-items-center px-4 text-center text-muted" style={{ height }}>{activeIds.length > 0 ? `The first points of ${metric} appear after the first epoch.` : `None of these runs logged ${metric}.`}</p>
      ) : <div className="px-2 pt-2"><LineChart lines={lines} label={metric} height={height} highlighted={highlighted} /></div>}
      <ul aria-label="Runs in the chart" className="flex flex-wrap gap-x-4 gap-y-1 px-3 pt-1 pb-2.5 text-xs">
        {lines.map(({ id, label }) => <li key={id} className="max-w-56 min-w-0" onMouseEnter={() => setHighlighted(id)} onMouseLeave={() => setHighlighted(null)}><RunName id={id} name={label} /></li>)}
      </ul>
    </>
  );
}
