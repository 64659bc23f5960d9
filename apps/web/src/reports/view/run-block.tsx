'use client';

import { formatMetric } from '../../format/numbers';
import { Elapsed } from '../../format/time';
import { StatusBadge } from '../../runs/run-status';
import type { Block } from '../blocks/parse-block';
import { RunsFrame } from './block-frame';
import { RunName } from './report-place';
import { metricOf } from './run-columns';
import { useBlockRuns, type BlockRun } from './use-block-runs';

const usualMetrics = ['val/accuracy', 'val/loss'];

export function RunBlock({ block }: { block: Block }) {
  const metrics = block.metrics ?? usualMetrics;
  const found = useBlockRuns({ runs: [block.run!] }, metrics);
  return <RunsFrame label="Run" found={found}>{found.runs.map((run) => <RunCard key={run.id} run={run} metrics={metrics} />)}</RunsFrame>;
}

function RunCard({ run, metrics }: { run: BlockRun; metrics: readonly string[] }) {
  return (
    <div className="flex flex-col gap-3 p-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1"><span className="min-w-0 font-semibold"><RunName id={run.id} name={run.name} /></span><StatusBadge {...run} /></p>
      <p className="text-xs text-muted">{[run.dataset && `${run.dataset.dataset.name} v${run.dataset.version}`, run.backbone?.title, ...run.tags].filter(Boolean).join(' · ')}</p>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        {metrics.map((key) => <Figure key={key} name={key}>{formatMetric(metricOf(run, key))}</Figure>)}
        <Figure name="Best epoch">{run.bestEpoch ?? '–'}</Figure>
        <Figure name="Duration"><Elapsed from={run.countsFrom} seconds={run.durationSeconds} /></Figure>
      </dl>
    </div>
  );
}

const Figure = ({ name, children }: { name: string; children: React.ReactNode }) => <div><dt className="text-xs text-muted">{name}</dt><dd className="num text-lg font-semibold tracking-tight">{children}</dd></div>;
