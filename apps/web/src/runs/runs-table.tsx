'use client';

import { useTable, type SortingState } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { RunRowFragment } from '../generated/graphql';
import { cx } from '../ui/cx';
import { RunMenu } from './run-actions';
import { features, isRightAligned, runColumns } from './run-columns';

interface RunsTableProps {
  runs: readonly RunRowFragment[];
  sort: { id: string; desc: boolean };
  onSort: (sort: { id: string; desc: boolean }) => void;
  selected: ReadonlySet<string>;
  onSelect: (ids: string[], on: boolean) => void;
}

export function RunsTable({ runs, sort, onSort, selected, onSelect }: RunsTableProps) {
  const table = useTable({
    features,
    columns: runColumns,
    data: runs,
    getRowId: (run) => run.id,
    enableSortingRemoval: false,
    state: { sorting: [sort] },
    onSortingChange: (update) => {
      const next: SortingState = typeof update === 'function' ? update([sort]) : update;
      if (next[0]) onSort(next[0]);
    },
  });
  const rows = table.getRowModel().rows;
  const allSelected = rows.length > 0 && rows.every((row) => selected.has(row.id));
  const someSelected = rows.some((row) => selected.has(row.id));

  return (
    <div className="overflow-x-auto rounded-lg border bg-panel">
      <table className="grid-table" aria-label="Runs">
        <thead>
          <tr>
            <th scope="col" className="w-8">
              <input type="checkbox" aria-label="Select all runs" checked={allSelected} ref={(box) => { if (box) box.indeterminate = someSelected && !allSelected; }}
                onChange={(event) => onSelect(rows.map((row) => row.id), event.target.checked)} className="block accent-(--accent)" />
            </th>
            {table.getHeaderGroups()[0]!.headers.map((header) => {
              const direction = header.column.getIsSorted();
              const right = isRightAligned(header.column.columnDef.meta);
              return (
                <th key={header.id} scope="col" aria-sort={direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined} className={cx(right && 'right')}>
                  <button type="button" onClick={header.column.getToggleSortingHandler()} className={cx('inline-flex items-center gap-1 align-middle hover:text-ink', right && 'flex-row-reverse', direction && 'text-ink')}>
                    <table.FlexRender header={header} />
                    {direction === 'asc' ? <ArrowUp aria-hidden className="size-3" /> : direction === 'desc' ? <ArrowDown aria-hidden className="size-3" /> : null}
                  </button>
                </th>
              );
            })}
            <th scope="col" className="w-8"><span className="sr-only">Actions</span></th>
          </tr>
        </thead>
        <tbody onKeyDown={(event) => moveBetweenRows(event)}>
          {rows.map((row) => (
            <tr key={row.id} className={cx('group hover:bg-hover', selected.has(row.id) && 'bg-accent-soft')}>
              <td><input type="checkbox" aria-label={`Select ${row.original.name}`} checked={selected.has(row.id)} onChange={(event) => onSelect([row.id], event.target.checked)} className="block accent-(--accent)" /></td>
              {row.getAllCells().map((cell) => (
                <td key={cell.id} className={cx(isRightAligned(cell.column.columnDef.meta) && 'right whitespace-nowrap')}><table.FlexRender cell={cell} /></td>
              ))}
              <td><RunMenu run={row.original} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Arrow keys walk the rows' links, x selects the row in focus. */
function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>) {
  const row = (event.target as HTMLElement).closest('tr');
  if (!row) return;
  const step = event.key === 'ArrowDown' || event.key === 'j' ? 'nextElementSibling' : event.key === 'ArrowUp' || event.key === 'k' ? 'previousElementSibling' : null;
  if (step) row[step]?.querySelector<HTMLElement>('[data-row-link]')?.focus();
  else if (event.key === 'x') row.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
  else return;
  event.preventDefault();
}
