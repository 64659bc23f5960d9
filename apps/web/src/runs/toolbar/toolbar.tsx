'use client';

import { Archive } from 'lucide-react';
import { useCallback } from 'react';
import { formatCount } from '../../format/numbers';
import { Button } from '../../ui/button';
import { FilterChips } from '../search/filter-chips';
import { SearchBar } from '../search/search-bar';
import type { RunsTable } from '../use-runs-table';
import { GroupMenu } from '../groups/group-menu';
import { ViewsMenu } from '../../views/views-menu';
import { ExportButton } from '../export/export-button';
import { loadTable, viewState } from '../table/table-address';
import { ColumnPicker } from './column-picker';

/** What narrows the table down and what it shows. */
export function Toolbar({ table }: { table: RunsTable }) {
  const { address, change, total } = table;
  const openView = useCallback((view: string | null, state: string | null) => change({ ...(state === null ? {} : loadTable(`?${state}`)), selected: null, view }), [change]);
  const search = useCallback((q: string) => change({ q: q || null }), [change]);
  return (
      <div className="flex flex-wrap items-start gap-2">
        <SearchBar value={address.q} onChange={search} />
        <FilterChips value={address.q} onChange={search} />
        <span className="num self-center text-xs text-faint">{formatCount(total ?? 0)} {total === 1 ? 'run' : 'runs'}</span>
        <span className="ml-auto flex flex-wrap items-center gap-2">
          <Button onClick={() => table.showArchived(!address.archived)}><Archive aria-hidden />{address.archived ? 'Hide archived' : 'Show archived'}</Button>
          <GroupMenu group={address.group} onChange={(group) => change({ group, open: null })} />
          <ColumnPicker columns={table.columns.map(({ id }) => id)} onChange={(cols) => change({ cols })} />
          <ExportButton table={table} />
          <ViewsMenu page="RUNS" state={viewState(address)} current={address.view} onOpen={openView} />
        </span>
      </div>
  );
}
