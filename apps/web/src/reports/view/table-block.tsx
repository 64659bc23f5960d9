'use client';

import { bestIndexes } from '../../charts/metric-keys';
import { cx } from '../../ui/cx';
import type { Block } from '../blocks/parse-block';
import { RunsFrame } from './block-frame';
import { RunName } from './report-place';
import { metricKeysOf, runColumn, usualColumns } from './run-columns';
import { useBlockRuns, type BlockRun } from './use-block-runs';

export function TableBlock({ block }: { block: Block }) {
  const columns = block.columns ?? usualColumns;
  const found = useBlockRuns(block, metricKeysOf(columns));
  return <RunsFrame title={block.title} label="Table of runs" found={found}><RunsGrid runs={found.runs} columns={columns} label={block.title ?? 'Runs'} /></RunsFrame>;
}

function RunsGrid({ runs, columns, label }: { runs: readonly BlockRun[]; columns: readonly string[]; label: string }) {
  const shown = columns.map(runColumn).map((column) => ({ ...column, best: column.value ? bestIndexes(column.key, runs.map(column.value)) : new Set<number>() }));
  return (
    <div tabIndex={0} role="region" aria-label={`${label}, scrolls`} className="overflow-x-auto">
      <table className="grid-table" aria-label={label}>
        <thead><tr><th scope="col">Run</th>{shown.map(({ key, label: name, right }) => <th key={key} scope="col" className={cx(right && 'right')}>{name}</th>)}</tr></thead>
        <tbody>
          {runs.map((run, index) => (
            <tr key={run.id}>
              <th scope="row" className="max-w-64 text-ink!"><RunName id={run.id} name={run.name} /></th>
              {shown.map(({ key, right, show, best }) => (
                <td key={key} className={cx('whitespace-nowrap', right && 'right', best.has(index) && 'font-semibold text-success')}>
                  {best.has(index) && <><span aria-hidden>★ </span><span className="sr-only">best: </span></>}{show(run)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
