'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { TableRunFragment } from '../../generated/graphql';
import { useNarrow } from '../../ui/use-narrow';
import type { GroupNode } from '../groups/group-tree';
import { useColumnTable } from './column-widths';
import type { RunColumn } from './columns';
import { GridHeader, type HeaderActions } from './grid-header';
import { leadWidth, tailWidth, type Layout } from './layout';
import type { Entries } from './row-entries';
import { RunRow } from './run-row';
import { ScrolledRows } from './scrolled-rows';

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

/** The table of runs: the columns that are in sight, and the rows below them. */
export function RunsGrid({ entries, columns, pin, widths, sort, baseline, selected, isHidden, selection, onSelectAll, isStale, actions, onToggle, listKey }: RunsGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const hasBaseline = baseline !== null;
  const widthOf = useCallback((column: RunColumn) => (narrow && column.id === 'name' ? 120 : narrow && column.id === 'status' ? 94 : narrow && column.kind === 'metric' && !hasBaseline ? 90 : column.kind === 'metric' && hasBaseline ? 190 : column.width), [narrow, hasBaseline]);
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
    const [lead, tail] = [leadWidth, tailWidth(narrow)];
    return {
      lead, tail, narrow, pinned: cells.slice(0, pinned), shown: items.map(({ index }) => cells[pinned + index]!).filter(Boolean), before: items[0]?.start ?? 0,
      after: Math.max(0, across.getTotalSize() - (items.at(-1)?.end ?? 0)), width: lead + all.reduce((sum, width) => sum + width, 0) + tail,
    };
    // The key says all that the items are.
  }, [columns, pinned, layoutKey]);

  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [listKey]);

  return (
    <ScrolledRows scroller={scroller} entries={entries} columns={columns.length + (narrow ? 1 : 2)} layout={layout} baseline={baseline} selected={selected} isHidden={isHidden} isStale={isStale} onToggle={onToggle}>
      <GridHeader layout={layout} table={table} sort={sort} selection={selection} onSelectAll={onSelectAll} actions={actions} pinned={pinned} />
      {baseline && <RunRow run={baseline} index={-1} rowIndex={2} top={null} layout={layout} baseline={baseline} isSelected={selected.has(baseline.id)} isHidden={isHidden(baseline.id)} depth={0} />}
    </ScrolledRows>
  );
}
