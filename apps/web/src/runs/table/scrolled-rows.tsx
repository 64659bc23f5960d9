'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import dynamic from 'next/dynamic';
import { memo, useDeferredValue, useEffect, useMemo, type ReactNode, type RefObject } from 'react';
import type { TableRunFragment } from '../../generated/graphql';
import { cx } from '../../ui/cx';
import type { GroupNode } from '../groups/group-tree';
import { headerHeight, rowHeight, type Layout } from './layout';
import type { Entries } from './row-entries';
import { RunRow } from './run-row';
import { useRowFocus } from './use-row-focus';

// Most tables are not grouped.
const GroupRow = dynamic(() => import('../groups/group-row').then((module) => module.GroupRow), { ssr: false });

interface BodyProps {
  entries: Entries;
  layout: Layout;
  baseline: TableRunFragment | null;
  selected: ReadonlySet<string>;
  isHidden: (id: string) => boolean;
  onToggle: (group: GroupNode) => void;
}

interface ScrolledRowsProps extends BodyProps {
  scroller: RefObject<HTMLDivElement | null>;
  /** How many there are, in sight or not, with those of the box and the menu. */
  columns: number;
  isStale: boolean;
  /** What stays above the rows. */
  children: ReactNode;
}

/** Rows as far as they are in sight. The page scrolls to the table, the table within itself; a scroll draws nothing but rows. */
export function ScrolledRows({ scroller, columns, isStale, children, ...body }: ScrolledRowsProps) {
  const { entries, layout, baseline } = body;
  const above = baseline ? 2 : 1;
  const down = useVirtualizer({
    count: entries.count, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: ahead, useFlushSync: false,
    initialRect: { width: 1200, height: 640 }, scrollPaddingStart: headerHeight + (above - 1) * rowHeight,
  });
  const [first] = down.getVirtualItems();
  const [from, to] = inSteps(first?.index ?? 0, down.scrollRect?.height ?? 0, entries.count);
  useEffect(() => entries.ensure(from, to), [entries, from, to]);
  const range = useMemo(() => ({ from, to }), [from, to]);
  // Drawn between the frames of a scroll, which does not wait for them.
  const drawn = useDeferredValue(range);
  const onKeyDown = useRowFocus(scroller, entries.count, (index) => down.scrollToIndex(index));

  return (
    <div ref={scroller} onKeyDown={onKeyDown} onScroll={({ currentTarget }) => currentTarget.toggleAttribute('data-across', currentTarget.scrollLeft > 0)}
      className="runs-grid group/grid relative max-h-[calc(100dvh-8.5rem)] overflow-auto overscroll-x-contain rounded-lg border bg-panel" role="region" aria-label="Runs" tabIndex={-1}>
      <div role="table" aria-label="Runs" aria-rowcount={entries.count + above} aria-colcount={columns} aria-busy={isStale} style={{ width: layout.width, minWidth: '100%' }} className={cx('num', isStale && 'opacity-60 transition-opacity delay-200')}>
        <div role="rowgroup" className="sticky top-0 z-20">{children}</div>
        <div role="rowgroup" className="relative" style={{ height: down.getTotalSize() }}><Rows {...body} {...drawn} /></div>
      </div>
    </div>
  );
}

/** Rows that are drawn before they come into sight, at least. */
const ahead = 6;
const step = 4;

/** Some rows at a time, those that go with those that come: each change has its price, however little changed, and one of many rows does not fit into a frame. */
function inSteps(first: number, height: number, count: number): [from: number, to: number] {
  const from = Math.floor(first / step) * step;
  const most = Math.ceil(height / rowHeight) + 1 + 2 * ahead;
  return [from, Math.min(from + Math.ceil(most / step) * step + step, count) - 1];
}

/** `to` included. */
const Rows = memo(function Rows({ from, to, entries, layout, baseline, selected, isHidden, onToggle }: BodyProps & { from: number; to: number }) {
  return Array.from({ length: Math.min(to + 1, entries.count) - from }, (_, place) => {
    const index = from + place;
    const entry = entries.at(index);
    const at = { index, rowIndex: index + (baseline ? 3 : 2), top: index * rowHeight, layout };
    if (entry.kind === 'run') {
      const { run } = entry;
      return <RunRow key={index} {...at} run={run} baseline={baseline} isSelected={run !== undefined && selected.has(run.id)} isHidden={run !== undefined && isHidden(run.id)} depth={entry.depth} />;
    }
    if (entry.kind === 'group') return <GroupRow key={index} {...at} group={entry.group} isExpanded={entry.group.expanded} onToggle={onToggle} />;
    return (
      <div key={index} role="row" aria-rowindex={at.rowIndex} className="absolute inset-x-0 flex items-center border-b px-3 text-muted" style={{ height: rowHeight, top: at.top, paddingLeft: 12 + entry.depth * 18 }}>
        <div role="cell" className="sticky left-3">{entry.text}</div>
      </div>
    );
  });
});
