'use client';

import { useState } from 'react';
import { RunDot } from '../../charts/run-dot';
import type { RunRowFragment } from '../../generated/graphql';
import { formatValue } from '../../format/numbers';
import { flatten } from '../../run/config-table';
import { cx } from '../../ui/cx';
import { Panel } from '../../ui/panel';
import { compareConfigs } from './config-diff';

/** What was set differently: one row per hyperparameter, one column per run. */
export function Differences({ runs }: { runs: readonly RunRowFragment[] }) {
  const [all, setAll] = useState(false);
  const rows = compareConfigs(runs.map((run) => ({
    dataset: run.dataset && `${run.dataset.dataset.name} v${run.dataset.version}`, backbone: run.backbone?.name, backend: run.backend, ...Object.fromEntries(flatten(run.config)),
  })));
  const shown = all ? rows : rows.filter(({ differs }) => differs);
  return (
    <Panel title="Hyperparameters" flush actions={
      <label className="flex items-center gap-1.5 text-xs text-muted"><input type="checkbox" checked={!all} onChange={(event) => setAll(!event.target.checked)} className="accent-(--accent)" />Only differences</label>
    }>
      {shown.length === 0 ? <p className="p-3 text-muted">These runs have the same hyperparameters.</p> : (
        <table className="grid-table" aria-label="Hyperparameters">
          <thead>
            <tr><th scope="col">Hyperparameter</th>{runs.map((run) => <th key={run.id} scope="col"><span className="flex items-center gap-1.5"><RunDot id={run.id} />{run.name}</span></th>)}</tr>
          </thead>
          <tbody>
            {shown.map(({ key, values, differs }) => (
              <tr key={key}>
                <th scope="row" className="bg-transparent!">{key}</th>
                {values.map((value, index) => <td key={runs[index]!.id} className={cx('whitespace-nowrap', all && differs && 'bg-accent-soft', all && !differs && 'text-muted')}>{formatValue(value)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
