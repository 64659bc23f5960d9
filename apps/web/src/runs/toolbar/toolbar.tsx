'use client';

import { Archive } from 'lucide-react';
import { formatCount } from '../../format/numbers';
import { Button } from '../../ui/button';
import { SearchBar } from '../search/search-bar';
import type { RunsTable } from '../use-runs-table';
import { ColumnPicker } from './column-picker';

/** What narrows the table down and what it shows. */
export function Toolbar({ table }: { table: RunsTable }) {
  const { address, change, total } = table;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBar value={address.q} onChange={(q) => change({ q: q || null })} />
        <span className="num text-xs text-faint">{formatCount(total ?? 0)} {total === 1 ? 'run' : 'runs'}</span>
        <span className="ml-auto flex flex-wrap items-center gap-2">
          <Button aria-pressed={address.archived} onClick={() => change({ archived: !address.archived })} title="Show archived runs too"><Archive aria-hidden />{address.archived ? 'Leave out archived' : 'Archive'}</Button>
          <ColumnPicker columns={table.columns.map(({ id }) => id)} onChange={(cols) => change({ cols })} />
        </span>
      </div>
    </div>
  );
}
