'use client';

import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';

const page = 15;

/**
 * Arrow keys (or j and k) walk the rows, Home, End and the page keys leap; x ticks the row in focus. A row that is yet to
 * be read gets the focus once it is there; until then the table has it, so that keys go on from that row.
 */
export function useRowFocus(scroller: RefObject<HTMLElement | null>, count: number, scrollTo: (index: number) => void): (event: KeyboardEvent<HTMLElement>) => void {
  const awaited = useRef<number | null>(null);
  const focusAwaited = (): boolean => {
    const link = scroller.current?.querySelector<HTMLElement>(`[data-index="${awaited.current}"] [data-row-link]`);
    link?.focus({ preventScroll: true });
    if (link) awaited.current = null;
    return Boolean(link);
  };
  // After each drawing. Whoever went elsewhere meanwhile is not called back.
  useEffect(() => {
    if (awaited.current !== null && document.activeElement === scroller.current) focusAwaited();
  });

  const focusRow = (index: number) => {
    awaited.current = Math.min(Math.max(0, index), count - 1);
    scrollTo(awaited.current);
    if (!focusAwaited()) scroller.current?.focus({ preventScroll: true });
  };
  return (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox') return;
    const row = target.closest<HTMLElement>('[data-index]');
    const at = row ? Number(row.dataset.index) : target === scroller.current ? (awaited.current ?? -1) : null;
    if (at === null) return;
    const steps: Record<string, number> = { ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1 };
    if (event.key in steps) focusRow(steps[event.key]!);
    else if (event.key === 'x') row?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
    else return;
    event.preventDefault();
  };
}
