'use client';

import { useQuery } from '@apollo/client/react';
import { Copy } from 'lucide-react';
import Link from 'next/link';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { bestIndexes, sortMetricKeys } from '../../charts/metric-keys';
import { MetricsPicker } from '../../charts/metric-picker';
import { RunDot } from '../../charts/run-dot';
import { CompareResultsDocument, type CompareRunFragment } from '../../generated/graphql';
import { formatCount, formatMetric } from '../../format/numbers';
import { Elapsed } from '../../format/time';
import { isActive, StatusBadge } from '../../runs/run-status';
import { useProjectPath } from '../../shell/project-context';
import { buttonClass } from '../../ui/button';
import { cx } from '../../ui/cx';
import { Panel } from '../../ui/panel';
import { mostColumns as mostRows } from './differences-table';

/** Columns until somebody chooses others. */
const usualColumns = 6;

/** Final metrics, or the last logged while a run trains. One row per run, the best of each column marked. */
export function Results({ runs }: { runs: readonly CompareRunFragment[] }) {
  const shown = useMemo(() => runs.slice(0, mostRows), [runs]);
  const logged = useMemo(() => sortMetricKeys(shown.flatMap((run) => [...figures(run).keys()]).filter((key) => !key.startsWith('system/'))), [shown]);
  const usual = logged.slice(0, usualColumns);
  const [chosen, choose] = useQueryState('cols', parseAsArrayOf(parseAsString).withOptions({ history: 'replace' }));
  const keys = chosen ?? usual;
  // A run that trains comes with its usual two metrics alone.
  const skip = shown.every((run) => keys.every((key) => figures(run).has(key)));
  const { data } = useQuery(CompareResultsDocument, { variables: { ids: shown.map(({ id }) => id), keys }, skip, pollInterval: shown.some(({ status }) => isActive(status)) ? 3000 : 0 });
  const columns = keys.map((key) => {
    const values = shown.map((run) => figures(run).get(key) ?? data?.runs.nodes.find(({ id }) => id === run.id)?.metrics.find((metric) => metric.key === key)?.last ?? null);
    return { key, values, best: bestIndexes(key, values) };
  });
  return (
    <Panel title="Results" flush actions={
      <MetricsPicker values={keys} common={logged} label="Metrics shown as columns" onChange={(next) => void choose(same(next, usual) ? null : next)} align="end" className="h-7! w-44! text-xs!" />
    }>
      {runs.length > mostRows && <p className="border-b px-3 py-2 text-xs text-muted">The first {mostRows} of {formatCount(runs.length)} runs stand here; the runs table has them all.</p>}
      <ResultsTable runs={shown} columns={columns} />
    </Panel>
  );
}

interface Column { key: string; values: (number | null)[]; best: ReadonlySet<number> }

function ResultsTable({ runs, columns }: { runs: readonly CompareRunFragment[]; columns: readonly Column[] }) {
  const path = useProjectPath();
  return (
    <div tabIndex={0} role="region" aria-label="Results, scrolls" className="max-h-[60dvh] overflow-auto">
      <table className="grid-table" aria-label="Results">
        <thead>
          <tr>
            <th scope="col" className="left-0 z-20">Run</th><th scope="col" className="z-10">Status</th>
            {columns.map(({ key }) => <th key={key} scope="col" className="right z-10">{key}</th>)}
            <th scope="col" className="right z-10">Best epoch</th><th scope="col" className="right z-10">Duration</th><th scope="col" className="z-10"><span className="sr-only">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run, index) => (
            <tr key={run.id}>
              <th scope="row" className="sticky left-0 z-[1] bg-panel! text-ink!"><span className="flex items-center gap-2"><RunDot id={run.id} /><Link href={path('runs', run.id)} title={run.name} className="max-w-56 truncate hover:underline max-sm:max-w-32">{run.name}</Link></span></th>
              <td><StatusBadge {...run} /></td>
              {columns.map(({ key, values, best }) => (
                <td key={key} className={cx('right whitespace-nowrap', best.has(index) && 'font-semibold text-success')}>
                  {best.has(index) && <><span aria-hidden>★ </span><span className="sr-only">best: </span></>}{formatMetric(values[index])}
                </td>
              ))}
              <td className="right">{run.bestEpoch ?? '–'}</td>
              <td className="right whitespace-nowrap"><Elapsed from={run.countsFrom} seconds={run.durationSeconds} /></td>
              <td className="right">{run.kind === 'MANAGED' && <Link href={`${path('runs', 'new')}?clone=${run.id}`} aria-label={`Clone ${run.name}`} className={buttonClass('secondary', 'sm')}><Copy aria-hidden />Clone</Link>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((key, index) => key === b[index]);

const figures = (run: CompareRunFragment): Map<string, number | null> =>
  new Map(run.finalMetrics.length > 0 ? run.finalMetrics.map(({ key, value }) => [key, value ?? null]) : run.metrics.map(({ key, last }) => [key, last ?? null]));
