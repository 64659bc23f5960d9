'use client';

import { useQuery } from '@apollo/client/react';
import { Fragment, useMemo } from 'react';
import { factGroups, narrowed } from '../../compare/configuration/compared-facts';
import { same } from '../../compare/configuration/config-diff';
import { formatValue } from '../../format/numbers';
import { CompareFactsDocument } from '../../generated/graphql';
import { QueryError } from '../../ui/callout';
import { cx } from '../../ui/cx';
import { Skeleton } from '../../ui/panel';
import type { Block } from '../blocks/parse-block';
import { RunsFrame } from './block-frame';
import { RunName } from './report-place';
import { useBlockRuns, type BlockRun } from './use-block-runs';

export function ConfigBlock({ block }: { block: Block }) {
  const found = useBlockRuns(block, []);
  return <RunsFrame title={block.title} label="Configuration compared" found={found}><Facts runs={found.runs} all={block.all ?? false} /></RunsFrame>;
}

function Facts({ runs, all }: { runs: readonly BlockRun[]; all: boolean }) {
  const { data, error, refetch } = useQuery(CompareFactsDocument, { variables: { ids: runs.map(({ id }) => id) } });
  const facts = useMemo(() => runs.flatMap(({ id }) => data?.runs.nodes.find((run) => run.id === id) ?? []), [runs, data]);
  const groups = useMemo(() => narrowed(factGroups(facts), { onlyDifferences: !all, find: '' }), [facts, all]);
  if (!data) return error ? <div className="p-3"><QueryError error={error} retry={() => void refetch()} /></div> : <Skeleton rows={5} />;
  if (groups.length === 0) return <p className="p-3 text-muted">These runs were given the same. Write "all: true" to see what.</p>;
  return (
    <div tabIndex={0} role="region" aria-label="Configuration, scrolls" className="overflow-x-auto">
      <table className="grid-table" aria-label="Configuration">
        <thead><tr><th scope="col">Setting</th>{facts.map(({ id, name }) => <th key={id} scope="col" className="max-w-56"><RunName id={id} name={name} /></th>)}</tr></thead>
        <tbody>
          {groups.map(({ name, rows }) => (
            <Fragment key={name}>
              <tr><th scope="rowgroup" colSpan={facts.length + 1} className="pt-3! text-ink!">{name}</th></tr>
              {rows.map(({ key, label, values }) => (
                <tr key={key}>
                  <th scope="row" title={key} className="font-normal!">{label}</th>
                  {values.map((value, index) => <td key={facts[index]!.id} className={cx('num max-w-56 truncate whitespace-nowrap', index > 0 && !same(value, values[0]) && 'bg-accent-soft font-medium')} title={formatValue(value)}>{formatValue(value)}</td>)}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
