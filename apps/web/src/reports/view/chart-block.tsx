'use client';

import { MetricChart } from '../../charts/metric-chart';
import { epochLog } from '../../runs/epoch-log';
import type { Block } from '../blocks/parse-block';
import { RunsFrame } from './block-frame';
import { RunName } from './report-place';
import { useBlockRuns } from './use-block-runs';

export function ChartBlock({ block }: { block: Block }) {
  const { metric = '', title = metric, height = 280, smoothing, logY } = block;
  const found = useBlockRuns(block, [metric]);
  return (
    <RunsFrame title={title} label={`Chart of ${metric}`} found={found}>
      <div className="px-2 pt-2">
        <MetricChart runs={found.runs} metric={metric} height={height} revision={epochLog(found.runs)} options={{ ...(smoothing !== undefined && { smoothing }), ...(logY !== undefined && { logY }) }} />
      </div>
      <ul aria-label="Runs in the chart" className="flex flex-wrap gap-x-4 gap-y-1 px-3 pt-1 pb-2.5 text-xs">
        {found.runs.map(({ id, name }) => <li key={id} className="max-w-56 min-w-0"><RunName id={id} name={name} /></li>)}
      </ul>
    </RunsFrame>
  );
}
