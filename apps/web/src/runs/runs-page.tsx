'use client';

import { ChartLine, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useCallback } from 'react';
import { ChosenColours } from '../shell/live-project';
import { plural } from '../format/numbers';
import { AddToReport } from '../reports/add-to-report';
import { useProjectPath } from '../shell/project-context';
import { useShortcut } from '../shell/use-shortcut';
import { Button, ButtonLink } from '../ui/button';
import { QueryError } from '../ui/callout';
import { PageHeader } from '../ui/panel';
import { PageWaiting } from '../ui/page-waiting';
import { CompareLink } from './bulk/compare-link';
import { searchInSight } from './bulk/archived';
import { RunsChart } from './runs-chart';
import { focusTable } from './table/focus-table';
import { RowActionsContext } from './table/row-actions';
import { RunsGrid } from './table/runs-grid';
import { shortId } from './table/table-address';
import { Toolbar } from './toolbar/toolbar';
import { useRunsTable, type RunsSeed } from './use-runs-table';

// Few see them: somebody who ticked runs, or who has none yet.
const SelectionBar = dynamic(() => import('./bulk/selection-bar').then((module) => module.SelectionBar), { ssr: false });
const NoRuns = dynamic(() => import('./no-runs').then((module) => module.NoRuns));
const NoMatch = dynamic(() => import('./search/no-match').then((module) => module.NoMatch), { ssr: false });
const DemoResult = dynamic(() => import('./demo-result').then((module) => module.DemoResult));

export function RunsPage({ seed }: { seed: RunsSeed | null }) {
  const table = useRunsTable(seed);
  const path = useProjectPath();
  const { address, change, held, total, pages, selection, bulk, entries, error } = table;
  const colourOf = useCallback((id: string) => address.colour[shortId(id)] ?? null, [address.colour]);
  useShortcut(['Shift+c'], 'Show or hide the chart', () => change({ chart: !address.chart }));

  const newRun = <ButtonLink href={path('runs', 'new')} variant="primary"><Plus aria-hidden />New run</ButtonLink>;
  if (total === null) return <PageWaiting title="Runs" error={error ?? undefined} retry={() => table.refresh()} />;
  if (table.isEmpty) return <NoRuns newRun={newRun} hasDatasets={seed?.datasets ?? true} onLaunched={() => void table.refresh()} />;

  return (
    <ChosenColours colourOf={colourOf}>
      <div className="flex flex-col gap-3">
        <PageHeader title={address.archived ? 'Runs and the archive' : 'Runs'}>
          <Button variant="ghost" aria-pressed={address.chart} onClick={() => change({ chart: !address.chart })}><ChartLine aria-hidden />{address.chart ? 'Hide chart' : 'Show chart'}</Button>
          <AddToReport page="runs" runs={selection.selected.size > 0 ? held.filter(({ id }) => selection.selected.has(id)) : held.slice(0, 10)} />
          <CompareLink selected={selection.selected} total={total} isAll={selection.extent === 'all'} base={address.base} search={{ q: searchInSight(address.q, address.archived), sort: address.sort, dir: address.dir }} />
          {newRun}
        </PageHeader>
        {total === 3 && <DemoResult rows={held} />}
        {address.chart && <RunsChart table={table} held={held} />}
        <Toolbar table={table} />
        {table.arrived > 0 && <button type="button" onClick={() => { table.welcome(); focusTable(); }} className="self-center rounded-full bg-accent px-3 py-1 text-xs font-medium text-accent-ink">{plural(table.arrived, 'new run')}. Show {table.arrived === 1 ? 'it' : 'them'}</button>}
        {selection.selected.size > 0 && <SelectionBar selected={selection.selected} held={held} bulk={bulk} isArchive={address.archived} onClear={selection.clear} />}
        {error && <QueryError error={error} retry={() => void table.refresh()} />}
        {total === 0 ? table.isEmpty === false && (
          <NoMatch table={table} />
        ) : (
          <RowActionsContext value={table.rowActions}>
            <RunsGrid entries={entries} columns={table.columns} pin={address.pin} widths={address.w} sort={{ id: address.sort, desc: address.dir === 'desc' }} baseline={table.baseline} selected={selection.selected} isHidden={table.isHidden}
              selection={selection.extent} onSelectAll={(on) => void selection.selectAll(on)} isStale={table.isStale} actions={table.headerActions} onToggle={table.toggleGroup} listKey={table.listKey} />
          </RowActionsContext>
        )}
        <p className="num sr-only" role="status">{plural(total, 'run')} {address.q.trim() !== '' ? 'match' : 'in the table'}{pages.error ? ', some could not be read' : ''}</p>
        {table.dialog}
      </div>
    </ChosenColours>
  );
}
