'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { TableRunFragment } from '../../generated/graphql';
import { cx } from '../../ui/cx';
import { GroupRow } from '../groups/group-row';
import type { GroupNode } from '../groups/group-tree';
import { useColumnTable } from './column-widths';
import type { RunColumn } from './columns';
import { GridHeader, type HeaderActions } from './grid-header';
import { headerHeight, leadWidth, rowHeight, tailWidth, type Layout } from './layout';
import type { Entries } from './row-entries';
import { RunRow } from './run-row';
import { useNarrow } from './use-narrow';
import { useRowFocus } from './use-row-focus';

interface RunsGridProps {
  entries: Entries;
  columns: readonly RunColumn[];
  pin: number;
  widths: Record<string, number>;
  sort: { id: string; desc: boolean };
  baseline: TableRunFragment | null;
  selected: ReadonlySet<string>;
  isHidden: (id: string) => boolean;
  /** Of all that match. */
  selection: 'none' | 'some' | 'all';
  onSelectAll: (on: boolean) => void;
  isStale: boolean;
  actions: HeaderActions;
  onToggle: (group: GroupNode) => void;
  /** Changes when another list is shown, which begins at its top. */
  listKey: string;
}

/** Rows and columns as far as they are in sight. The page scrolls to the table, the table within itself. */
export function RunsGrid({ entries, columns, pin, widths, sort, baseline, selected, isHidden, selection, onSelectAll, isStale, actions, onToggle, listKey }: RunsGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const hasBaseline = baseline !== null;
  const widthOf = useCallback((column: RunColumn) => (narrow && column.id === 'name' ? 140 : narrow && column.id === 'status' ? 94 : narrow && column.kind === 'metric' && !hasBaseline ? 90 : column.kind === 'metric' && hasBaseline ? 190 : column.width), [narrow, hasBaseline]);
  const table = useColumnTable(columns, pin, widths, actions.resize, widthOf);
  const sizes = JSON.stringify(columns.map(({ id }) => table.getColumn(id)?.getSize() ?? 100));

  const pinned = Math.max(1, Math.min(pin, columns.length));
  const centre = columns.slice(pinned);
  const across = useVirtualizer({
    horizontal: true, count: centre.length, getScrollElement: () => scroller.current, overscan: 3, initialRect: { width: 1200, height: 600 },
    estimateSize: (index) => (JSON.parse(sizes) as number[])[pinned + index]!, getItemKey: (index) => centre[index]!.id,
  });
  useEffect(() => across.measure(), [across, sizes]);
  const items = across.getVirtualItems();
  const layoutKey = `${sizes} ${items[0]?.index ?? 0} ${items.length} ${narrow}`;
  const layout = useMemo((): Layout => {
    const all = JSON.parse(sizes) as number[];
    const cells = columns.map((column, index) => ({ column, index, width: all[index]! }));
    const lead = leadWidth(narrow);
    return {
      lead, narrow, pinned: cells.slice(0, pinned), shown: items.map(({ index }) => cells[pinned + index]!).filter(Boolean), before: items[0]?.start ?? 0,
      after: Math.max(0, across.getTotalSize() - (items.at(-1)?.end ?? 0)), width: lead + all.reduce((sum, width) => sum + width, 0) + tailWidth,
    };
    // The key says all that the items are.
  }, [columns, pinned, layoutKey]);

  // Rows ahead of those in sight are drawn already, so that a scroll need not wait for new ones.
  const down = useVirtualizer({ count: entries.count, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8, useFlushSync: false, initialRect: { width: 1200, height: 640 }, scrollPaddingStart: headerHeight + (hasBaseline ? rowHeight : 0) });
  const rows = down.getVirtualItems();
  const [from, to] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
  useEffect(() => entries.ensure(from, to), [entries, from, to]);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [listKey]);

  const onKeyDown = useRowFocus(scroller, entries.count, (index) => down.scrollToIndex(index));

  return (
    <div ref={scroller} onKeyDown={onKeyDown}
      className="runs-grid relative max-h-[calc(100dvh-8.5rem)] overflow-auto overscroll-x-contain rounded-lg border bg-panel" role="region" aria-label="Runs" tabIndex={-1}>
      <div role="table" aria-label="Runs" aria-rowcount={entries.count + 1 + (hasBaseline ? 1 : 0)} aria-colcount={columns.length + 2} aria-busy={isStale} style={{ width: layout.width, minWidth: '100%' }} className={cx('num', isStale && 'opacity-60 transition-opacity delay-200')}>
        <div role="rowgroup" className="sticky top-0 z-20">
          <GridHeader layout={layout} table={table} sort={sort} selection={selection} onSelectAll={onSelectAll} actions={actions} pinned={pinned} />
          {baseline && <RunRow run={baseline} index={-1} rowIndex={2} top={null} layout={layout} baseline={baseline} isSelected={selected.has(baseline.id)} isHidden={isHidden(baseline.id)} depth={0} />}
        </div>
        <div role="rowgroup" className="relative" style={{ height: down.getTotalSize() }}>
          {rows.map(({ index, start, key }) => {
            const entry = entries.at(index);
            const rowIndex = index + (hasBaseline ? 3 : 2);
            if (entry.kind === 'run') {
              const { run } = entry;
              return <RunRow key={key} run={run} index={index} rowIndex={rowIndex} top={start} layout={layout} baseline={baseline} isSelected={run !== undefined && selected.has(run.id)} isHidden={run !== undefined && isHidden(run.id)} depth={entry.depth} />;
            }
            if (entry.kind === 'group') return <GroupRow key={key} group={entry.group} isExpanded={entry.group.expanded} index={index} rowIndex={rowIndex} top={start} layout={layout} onToggle={onToggle} />;
            return (
              <div key={key} role="row" aria-rowindex={rowIndex} className="absolute inset-x-0 flex items-center border-b px-3 text-muted" style={{ height: rowHeight, transform: `translateY(${start}px)`, paddingLeft: 12 + entry.depth * 18 }}>
                <div role="cell" className="sticky left-3">{entry.text}</div>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
