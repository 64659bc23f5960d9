'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';
import { Fragment, useMemo } from 'react';
import { RunDot } from '../../charts/run-dot';
import { CompareFactsDocument, type CompareRunFragment } from '../../generated/graphql';
import { formatCount, formatValue, plural } from '../../format/numbers';
import { useProjectPath } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { QueryError } from '../../ui/callout';
import { CopyButton } from '../../ui/copy-button';
import { cx } from '../../ui/cx';
import { SelectInput, TextInput } from '../../ui/fields';
import { EmptyState, Panel, Skeleton } from '../../ui/panel';
import { Switch } from '../../ui/switch';
import { factGroups, narrowed, type FactGroup, type RunFacts } from './compared-facts';
import { same } from './config-diff';
import { asMarkdown } from './differences-markdown';
import { factTexts } from './fact-texts';

/** More columns than this nobody reads, and browsers draw slowly. */
export const mostColumns = 100;

const address = { base: parseAsString, same: parseAsBoolean.withDefault(false), find: parseAsString.withDefault('') };

/** What was given to the runs, side by side: the baseline first, and what differs from it marked. */
export function Differences({ runs }: { runs: readonly CompareRunFragment[] }) {
  const [{ base, same: withSame, find }, setAddress] = useQueryStates(address, { history: 'replace' });
  const ids = useMemo(() => runs.slice(0, mostColumns).map(({ id }) => id), [runs]);
  const { data, error, refetch } = useQuery(CompareFactsDocument, { variables: { ids } });
  const facts = useMemo(() => baselineFirst(ids.flatMap((id) => data?.runs.nodes.find((run) => run.id === id) ?? []), base), [ids, data, base]);
  const groups = useMemo(() => factGroups(facts), [facts]);
  const shown = useMemo(() => narrowed(groups, { onlyDifferences: !withSame, find }), [groups, withSame, find]);
  if (!data) return <Panel title="Configuration">{error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={8} />}</Panel>;
  const differing = groups.flatMap(({ rows }) => rows).filter(({ differs }) => differs).length;
  return (
    <Panel title={<>Configuration <span className="num font-normal text-faint" role="status">{facts.length > 1 ? `${plural(differing, 'setting differs', 'settings differ')}` : ''}</span></>} flush actions={
      <>
        <TextInput type="search" aria-label="Find a setting" placeholder="Find a setting or value" value={find} onChange={(event) => void setAddress({ find: event.target.value || null })} className="h-7! w-48! text-xs!" />
        <label className="flex items-center gap-1.5 text-xs text-muted">Baseline
          <SelectInput value={facts[0]?.id ?? ''} onChange={(event) => void setAddress({ base: event.target.value === ids[0] ? null : event.target.value })} className="h-7! w-40! text-xs!">
            {ids.map((id) => <option key={id} value={id}>{runs.find((run) => run.id === id)?.name}</option>)}
          </SelectInput>
        </label>
        <span className="flex items-center gap-1.5 text-xs text-muted"><Switch label="Only differences" checked={!withSame} onChange={(only) => void setAddress({ same: only ? null : true })} /><span aria-hidden>Only differences</span></span>
        <CopyButton text={() => asMarkdown(shown, facts.map(({ name }) => name))} label="Copy as Markdown" worded />
      </>
    }>
      {runs.length > mostColumns && <p className="border-b px-3 py-2 text-xs text-muted">The first {mostColumns} of {formatCount(runs.length)} runs stand here; search for fewer to see others.</p>}
      {shown.length === 0
        ? <EmptyState title={find ? `No ${withSame ? '' : 'differing '}setting contains “${find}”` : 'These runs were given the same'} actions={<Button onClick={() => void setAddress({ find: null, same: true })}>Show everything</Button>} />
        : <FactsTable groups={shown} runs={facts} />}
    </Panel>
  );
}

const baselineFirst = (facts: readonly RunFacts[], base: string | null): RunFacts[] => [...facts.filter(({ id }) => id === base), ...facts.filter(({ id }) => id !== base)];

function FactsTable({ groups, runs }: { groups: readonly FactGroup[]; runs: readonly RunFacts[] }) {
  const path = useProjectPath();
  return (
    <div tabIndex={0} role="region" aria-label="Configuration, scrolls" className="max-h-[75dvh] overflow-auto">
      <table className="grid-table" aria-label="Configuration">
        <thead>
          <tr>
            <th scope="col" className="left-0 z-20 min-w-44 max-w-60 max-sm:min-w-28">Setting</th>
            {runs.map((run, index) => (
              <th key={run.id} scope="col" className="z-10 min-w-32 max-w-56">
                <span className="flex items-center gap-1.5"><RunDot id={run.id} /><Link href={path('runs', run.id)} title={run.name} className="truncate text-ink hover:underline">{run.name}</Link></span>
                {index === 0 && runs.length > 1 && <span className="block text-[11px] font-normal">baseline</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ name, rows }) => (
            <Fragment key={name}>
              <tr><th scope="rowgroup" colSpan={runs.length + 1} className="h-7 pt-3! text-ink!"><span className="sticky left-2.5">{name}</span></th></tr>
              {rows.map((row) => ({ ...row, texts: factTexts(row.values) })).map(({ key, label, values, differs, texts }) => (
                <tr key={key}>
                  <th scope="row" className="sticky left-0 z-[1] max-w-60 truncate max-sm:max-w-32 bg-panel! font-normal!" title={label === key ? key : `${label} (${key})`}>{label}</th>
                  {values.map((value, index) => <FactCell key={runs[index]!.id} text={texts[index]!} value={value} baseline={values[0]} isBaseline={index === 0} differs={differs} />)}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What is as in the baseline steps back; what is not has a mark, a tint and weight. */
function FactCell({ text, value, baseline, isBaseline, differs }: { text: string; value: unknown; baseline: unknown; isBaseline: boolean; differs: boolean }) {
  const other = !isBaseline && !same(value, baseline);
  return (
    <td title={value === undefined ? text : formatValue(value)} className={cx('num max-w-56 truncate whitespace-nowrap', other ? 'bg-accent-soft font-medium' : (!isBaseline || !differs) && 'text-muted')}>
      {other && <><span aria-hidden className="mr-1 text-accent">≠</span><span className="sr-only">differs: </span></>}{text}
    </td>
  );
}
