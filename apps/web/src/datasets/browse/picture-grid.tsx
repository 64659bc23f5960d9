'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Pending } from '../changes/pending';
import { PictureTile } from './picture-tile';
import type { ListedPicture, Pictures } from './use-pictures';

export type Selection = ReadonlyMap<string, ListedPicture>;

interface PictureGridProps {
  pictures: Pictures;
  total: number;
  changes: Pending['changes'];
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onOpen: (index: number) => void;
}

/** px: the least a tile is wide, and what stands below the picture */
const [narrowest, caption] = [104, 28];

/** Only the rows in sight are in the page. One stop for the Tab key; arrows go on from there. */
export function PictureGrid({ pictures, total, changes, selection, onSelect, onOpen }: PictureGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [focus, setFocus] = useState(0);
  const anchor = useRef(0);
  const columns = Math.max(2, Math.floor(width / narrowest));
  const rowHeight = Math.floor(width / columns) + caption;
  const virtualizer = useVirtualizer({ count: width === 0 ? 0 : Math.ceil(total / columns), getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 3 });
  const rows = virtualizer.getVirtualItems();

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    observer.observe(scroller.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const [first, last] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
  const { want } = pictures;
  useEffect(() => want(first * columns, Math.min(total - 1, (last + 1) * columns)), [want, first, last, columns, total]);
  // The tile that had the focus may be out of sight, and then out of the page.
  const stop = focus >= first * columns && focus < Math.min(total, (last + 1) * columns) ? focus : first * columns;

  const toggle = (index: number) => {
    const picture = pictures.at(index);
    if (!picture) return;
    const next = new Map(selection);
    if (!next.delete(picture.path)) next.set(picture.path, picture);
    anchor.current = index;
    onSelect(next);
  };
  const extend = async (index: number) => {
    const between = await pictures.range(anchor.current, index);
    onSelect(new Map([...selection, ...between.map((picture) => [picture.path, picture] as const)]));
  };
  const go = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index));
    setFocus(next);
    virtualizer.scrollToIndex(Math.floor(next / columns));
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
    return next;
  };
  const press = (event: MouseEvent) => {
    const option = (event.target as Element).closest<HTMLElement>('[data-index]');
    if (!option) return;
    const index = Number(option.dataset['index']);
    setFocus(index);
    if (event.shiftKey) void extend(index);
    else if (event.ctrlKey || event.metaKey || selection.size > 0 || (event.target as Element).closest('[data-mark]')) toggle(index);
    else onOpen(index);
  };
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, PageUp: -4 * columns, PageDown: 4 * columns, Home: -total, End: total };
  const type = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const { key, shiftKey, ctrlKey, metaKey } = event;
    if (step !== undefined) {
      const next = go(focus + step);
      if (shiftKey) void extend(next);
      else anchor.current = next;
    } else if (key === ' ') toggle(focus);
    else if (key === 'Enter') onOpen(focus);
    else if (key === 'Escape' && selection.size > 0) onSelect(new Map());
    else if (key === 'a' && (ctrlKey || metaKey)) void pictures.range(0, total - 1).then((all) => onSelect(new Map(all.map((picture) => [picture.path, picture]))));
    else return;
    event.preventDefault();
  };

  return (
    <div ref={scroller} className="max-h-[70vh] min-h-40 overflow-y-auto p-0.5" style={{ scrollbarGutter: 'stable' }}>
      <div role="listbox" aria-label="Pictures" aria-multiselectable className="relative select-none" style={{ height: virtualizer.getTotalSize() }} onClick={press} onKeyDown={type}>
        {rows.map((row) => (
          <div key={row.key} role="presentation" className="absolute inset-x-0 grid" style={{ top: row.start, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
            {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
              const index = row.index * columns + column;
              const picture = pictures.at(index);
              return picture
                ? <PictureTile key={index} picture={picture} index={index} total={total} selected={selection.has(picture.path)} focused={stop === index} change={changes[picture.path]} />
                : <div key={index} role="presentation" className="p-0.5"><div className="aspect-square animate-pulse rounded-md bg-hover" /></div>;
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
