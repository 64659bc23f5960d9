'use client';

import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react';
import { memo, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { cx } from '../../ui/cx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { clampWidth, narrowest, widest, type ColumnTable } from './column-widths';
import type { RunColumn } from './columns';
import { headerHeight, type CellPlace, type Layout } from './layout';

export interface HeaderActions {
  sort: (id: string, desc: boolean) => void;
  /** Puts a column before another one; null: to the end. */
  move: (id: string, before: string | null) => void;
  step: (id: string, by: -1 | 1) => void;
  pin: (id: string, on: boolean) => void;
  remove: (id: string) => void;
  group: (id: string) => void;
  resize: (widths: Record<string, number>) => void;
}

interface GridHeaderProps {
  layout: Layout;
  table: ColumnTable;
  sort: { id: string; desc: boolean };
  selection: 'none' | 'some' | 'all';
  onSelectAll: (on: boolean) => void;
  actions: HeaderActions;
  pinned: number;
}

const statWord = { LAST: '', MIN: 'min', MAX: 'max' };
const dragType = 'application/x-thaw-column';

export const GridHeader = memo(function GridHeader({ layout, table, sort, selection, onSelectAll, actions, pinned }: GridHeaderProps) {
  const cell = (place: CellPlace) => <HeaderCell key={place.column.id} place={place} table={table} sort={sort} actions={actions} isPinned={place.index < pinned} />;
  return (
    <div role="row" aria-rowindex={1} className="flex items-center border-b bg-sunken text-xs font-medium text-muted" style={{ height: headerHeight, width: layout.width, minWidth: '100%' }}>
      <div className="sticky left-0 z-10 flex h-full items-center bg-inherit">
        <div role="columnheader" aria-colindex={1} className="flex shrink-0 items-center pl-2.5" style={{ width: layout.lead }}>
          <input type="checkbox" aria-label="Select all runs that match" checked={selection === 'all'} ref={(box) => { if (box) box.indeterminate = selection === 'some'; }} onChange={(event) => onSelectAll(event.target.checked)} className="block accent-(--accent)" />
        </div>
        {layout.pinned.map(cell)}
      </div>
      <div className="shrink-0" style={{ width: layout.before }} />
      {layout.shown.map(cell)}
      <div className="shrink-0" style={{ width: layout.after }} />
      {!layout.narrow && <div role="columnheader" aria-colindex={layout.pinned.length + layout.shown.length + 2} className="right-0 h-full shrink-0 bg-inherit sm:sticky" style={{ width: layout.tail }}><span className="sr-only">Actions</span></div>}
    </div>
  );
});

function HeaderCell({ place: { column, index, width }, table, sort, actions, isPinned }: { place: CellPlace; table: ColumnTable; sort: { id: string; desc: boolean }; actions: HeaderActions; isPinned: boolean }) {
  const [isOver, setOver] = useState(false);
  const direction = sort.id === column.id ? (sort.desc ? 'descending' : 'ascending') : undefined;
  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp;
  const title = <><span className="truncate">{column.title}</span>{column.stat && statWord[column.stat] && <span className="shrink-0 text-faint">{statWord[column.stat]}</span>}</>;
  const arrow = direction && <Arrow aria-hidden className="size-3 shrink-0" />;
  const label = `${column.title}${column.stat ? ` ${statWord[column.stat]}` : ''}`.trim();
  const drop = (event: DragEvent) => {
    setOver(false);
    const moved = event.dataTransfer.getData(dragType);
    if (moved && moved !== column.id) actions.move(moved, column.id);
  };
  return (
    <div role="columnheader" aria-colindex={index + 2} aria-sort={direction} style={{ width }} title={label} className={cx('group/head relative flex h-full shrink-0 items-center', isOver && 'shadow-[inset_2px_0_0_var(--accent)]')}
      onDragOver={(event) => { if (event.dataTransfer.types.includes(dragType)) { event.preventDefault(); setOver(true); } }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <div draggable={column.id !== 'name'} onDragStart={(event) => { event.dataTransfer.setData(dragType, column.id); event.dataTransfer.effectAllowed = 'move'; }} className={cx('flex min-w-0 flex-1 items-center', column.right && 'flex-row-reverse')}>
        {column.order ? (
          <button type="button" onClick={() => actions.sort(column.id, direction ? !sort.desc : column.kind === 'metric' || column.right)} className={cx('inline-flex min-w-0 items-center gap-1 px-2.5 hover:text-ink', direction && 'text-ink')}>
            {column.right && arrow}{title}{!column.right && arrow}
          </button>
        ) : <span className="inline-flex min-w-0 items-center gap-1 px-2.5">{title}</span>}
        <HeaderMenu column={column} label={label} width={width} table={table} actions={actions} isPinned={isPinned} direction={direction} />
      </div>
      <ResizeEdge column={column} label={label} width={width} table={table} />
    </div>
  );
}

function HeaderMenu({ column, label, width, table, actions, isPinned, direction }: { column: RunColumn; label: string; width: number; table: ColumnTable; actions: HeaderActions; isPinned: boolean; direction?: string }) {
  const [wanted, setWanted] = useState(false);
  const button = <button type="button" aria-label={`Column ${label}`} aria-haspopup="menu" onClick={wanted ? undefined : () => setWanted(true)} className="shrink-0 rounded p-0.5 opacity-0 group-hover/head:opacity-100 [@media(hover:none)]:opacity-100 hover:bg-hover hover:text-ink focus-visible:opacity-100 data-[state=open]:opacity-100"><ChevronDown aria-hidden className="size-3" /></button>;
  if (!wanted) return button;
  const isName = column.id === 'name';
  const resize = (by: number) => table.setColumnSizing((sizes) => ({ ...sizes, [column.id]: clampWidth(width + by) }));
  return (
    <Menu defaultOpen align="start" trigger={button}>
      {column.order && <MenuItem disabled={direction === 'ascending'} onSelect={() => actions.sort(column.id, false)}>Sort, lowest first</MenuItem>}
      {column.order && <MenuItem disabled={direction === 'descending'} onSelect={() => actions.sort(column.id, true)}>Sort, highest first</MenuItem>}
      {column.group && <MenuItem onSelect={() => actions.group(column.id)}>Group by it</MenuItem>}
      <MenuSeparator />
      {!isName && <MenuItem onSelect={() => actions.step(column.id, -1)}>Move left</MenuItem>}
      {!isName && <MenuItem onSelect={() => actions.step(column.id, 1)}>Move right</MenuItem>}
      {!isName && <MenuItem onSelect={() => actions.pin(column.id, !isPinned)}>{isPinned ? 'Unpin' : 'Pin, so that it stays in sight'}</MenuItem>}
      <MenuItem onSelect={(event) => { event.preventDefault(); resize(32); }}>Wider</MenuItem>
      <MenuItem onSelect={(event) => { event.preventDefault(); resize(-32); }}>Narrower</MenuItem>
      {!isName && <MenuSeparator />}
      {!isName && <MenuItem onSelect={() => actions.remove(column.id)}>Remove from the table</MenuItem>}
    </Menu>
  );
}

/** Dragged, or moved by arrow keys. */
function ResizeEdge({ column, label, width, table }: { column: RunColumn; label: string; width: number; table: ColumnTable }) {
  const header = table.getFlatHeaders().find(({ id }) => id === column.id);
  const handler = header?.getResizeHandler();
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    table.setColumnSizing((sizes) => ({ ...sizes, [column.id]: clampWidth(width + by * (event.shiftKey ? 4 : 1)) }));
  };
  const onMouseDown = (event: MouseEvent<HTMLElement>) => {
    // The header grows under the pointer, and what is under it is dragged by the browser: the release would never be told.
    event.preventDefault();
    event.currentTarget.focus();
    handler?.(event);
  };
  return (
    <div role="separator" tabIndex={0} aria-orientation="vertical" aria-label={`Width of ${label}`} aria-valuenow={Math.round(width)} aria-valuemin={narrowest} aria-valuemax={widest} onKeyDown={onKeyDown} onMouseDown={onMouseDown} onTouchStart={handler}
      onDoubleClick={() => table.setColumnSizing(({ [column.id]: _, ...sizes }) => sizes)} className="absolute top-1.5 right-0 bottom-1.5 w-1.5 cursor-col-resize touch-none border-r border-transparent group-hover/head:border-line-strong hover:border-r-2 hover:border-accent!" />
  );
}
