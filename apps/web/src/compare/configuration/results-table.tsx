'use client';

import { Copy } from 'lucide-react';
import Link from 'next/link';
import { bestIndexes, sortMetricKeys } from '../../charts/metric-keys';
import { RunDot } from '../../charts/run-dot';
import type { RunRowFragment } from '../../generated/graphql';
import { formatMetric } from '../../format/numbers';
import { Elapsed } from '../../format/time';
import { StatusBadge } from '../../runs/run-status';
import { useProjectPath } from '../../shell/project-context';
import { buttonClass } from '../../ui/button';
import { cx } from '../../ui/cx';

/** Final metrics, or the last logged while a run trains. One row per run, the best of each column marked. */
export function ResultsTable({ runs }: { runs: readonly RunRowFragment[] }) {
  const path = useProjectPath();
  const keys = sortMetricKeys(runs.flatMap((run) => figures(run).map(([key]) => key))).filter((key) => !key.startsWith('system/'));
  const columns = keys.map((key) => {
    const values = runs.map((run) => figures(run).find(([name]) => name === key)?.[1] ?? null);
    return { key, values, best: bestIndexes(key, values) };
  });
  return (
    <table className="grid-table" aria-label="Results">
      <thead>
        <tr>
          <th scope="col">Run</th><th scope="col">Status</th>
          {keys.map((key) => <th key={key} scope="col" className="right">{key}</th>)}
          <th scope="col" className="right">Best epoch</th><th scope="col" className="right">Duration</th><th scope="col"><span className="sr-only">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run, index) => (
          <tr key={run.id}>
            <th scope="row" className="bg-transparent! text-ink!"><span className="flex items-center gap-2"><RunDot id={run.id} /><Link href={path('runs', run.id)} className="max-w-56 truncate hover:underline">{run.name}</Link></span></th>
            <td><StatusBadge {...run} /></td>
            {columns.map(({ key, values, best }) => (
              <td key={key} className={cx('right', best.has(index) && 'font-semibold text-success')}>
                {formatMetric(values[index])}{best.has(index) && <span className="sr-only"> (best)</span>}
              </td>
            ))}
            <td className="right">{run.bestEpoch ?? '–'}</td>
            <td className="right whitespace-nowrap"><Elapsed startedAt={run.startedAt} endedAt={run.endedAt} seconds={run.durationSeconds} /></td>
            <td className="right">{run.kind === 'MANAGED' && <Link href={`${path('runs', 'new')}?clone=${run.id}`} aria-label={`Clone ${run.name}`} className={buttonClass('secondary', 'sm')}><Copy aria-hidden />Clone</Link>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const figures = (run: RunRowFragment): [string, number | null][] =>
  run.finalMetrics.length > 0 ? run.finalMetrics.map(({ key, value }) => [key, value ?? null]) : run.metrics.map(({ key, last }) => [key, last ?? null]);
