'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { formatCount } from '../format/numbers';
import { DateTime, useTimeWords } from '../format/time';
import { Button } from '../ui/button';
import { cx } from '../ui/cx';
import { claimTitle, type Claim } from './claim-title';
import type { LogReader, LogState } from './log-reader';
import { rowsOf, type LogRow } from './log-rows';
import { LogText } from './log-text';
import { compareLines, type Line } from './log-window';
import type { Shown } from './shown';

interface LogListProps {
  reader: LogReader;
  state: LogState;
  claims: readonly Claim[];
  live: boolean;
  needle: string;
  match: Line | null;
  shown: Shown;
}

/** px */
const [lineHeight, claimHeight] = [18, 32];
/** px from the edge of what is loaded, at which more is read */
const nearEdge = 60 * lineHeight;

/** Only the lines in sight are in the page. Follows the end until somebody scrolls up. */
export function LogList({ reader, state: { window, reading, error, missed }, claims, live, needle, match, shown }: LogListProps) {
  const { dateAndTime } = useTimeWords();
  const scroller = useRef<HTMLDivElement>(null);
  /** where to go once the lines are there */
  const target = useRef<'start' | 'end' | Line | null>(null);
  const rows = useMemo(() => rowsOf(window.lines), [window.lines]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]!.key,
    estimateSize: (index) => ('line' in rows[index]! ? lineHeight : claimHeight),
    overscan: 20,
    // A log is opened at its end.
    initialOffset: () => rows.length * lineHeight,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: lineHeight,
  });
  const items = virtualizer.getVirtualItems();
  const following = window.reachesEnd && virtualizer.isAtEnd();

  useEffect(() => virtualizer.measure(), [virtualizer, shown.wrap]);

  // A search or a filter that replaced the lines says where to go; the end is where a log is opened.
  const generation = reading === 'anew' ? null : rows;
  useLayoutEffect(() => {
    const to = target.current;
    if (generation === null || to === null) return;
    target.current = null;
    if (to === 'end') virtualizer.scrollToEnd();
    else if (to === 'start') virtualizer.scrollToOffset(0);
    else {
      const index = indexOf(generation, to);
      if (index !== -1) virtualizer.scrollToIndex(index, { align: 'center' });
    }
  }, [generation, virtualizer]);
  useEffect(() => {
    if (reading === 'anew' && target.current === null) target.current = 'end';
  }, [reading]);

  useEffect(() => {
    if (!match) return;
    const index = indexOf(rows, match);
    if (index === -1) {
      target.current = match;
      void reader.showAround(match);
    } else if (!virtualizer.range || index <= virtualizer.range.startIndex || index >= virtualizer.range.endIndex) virtualizer.scrollToIndex(index, { align: 'center' });
    // Only a step to another match moves the list, not a line that is printed.
  }, [match, reader, virtualizer]);

  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => {
    const list = scroller.current;
    if (reading || error || !list || target.current !== null) return;
    // The list itself is asked: what is virtual lags behind it while it goes to its end.
    if (!window.reachesStart && list.scrollTop < nearEdge) void reader.readBefore();
    else if (!window.reachesEnd && list.scrollHeight - list.clientHeight - list.scrollTop < nearEdge) void reader.readAfter();
  }, [reader, reading, error, window.reachesStart, window.reachesEnd, first, last, rows.length]);

  const toEnd = () => {
    if (window.reachesEnd) return virtualizer.scrollToEnd();
    target.current = 'end';
    void reader.showEnd();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'End') toEnd();
    else if (event.key === 'Home') {
      if (window.reachesStart) virtualizer.scrollToOffset(0);
      else {
        target.current = 'start';
        void reader.showStart();
      }
    } else return;
    event.preventDefault();
  };

  return (
    <div className="relative">
      <div ref={scroller} role="log" aria-live="off" aria-label="Console output" aria-busy={reading === 'anew'} tabIndex={0} onKeyDown={onKeyDown}
        className="h-[max(20rem,60dvh)] resize-y overflow-auto overscroll-contain bg-sunken font-mono text-xs leading-[18px] [overflow-anchor:none]">
        <div className="relative min-w-full" style={{ height: virtualizer.getTotalSize() }}>
          <div className={cx('absolute top-0 left-0 min-w-full', shown.wrap ? 'w-full' : 'w-max')} style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {items.map(({ key, index }) => {
              const row = rows[index]!;
              return (
                <div key={key} data-index={index} ref={shown.wrap ? virtualizer.measureElement : undefined}>
                  {'line' in row ? <LineRow line={row.line} needle={needle} current={match !== null && compareLines(match, row.line) === 0} shown={shown} />
                    : <p className="sticky left-0 flex h-8 w-fit items-center px-3 font-sans font-medium text-muted">{claimTitle(row.claim, claims, dateAndTime)}</p>}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      <div className="pointer-events-none absolute right-5 bottom-3 flex items-center gap-2">
        {(reading === 'before' || reading === 'after') && <span className="rounded-md bg-panel px-2 py-1 text-xs text-muted shadow-(--shadow)">Reading …</span>}
        {!following && <Button size="sm" onClick={toEnd} className="pointer-events-auto shadow-(--shadow)"><ArrowDownToLine aria-hidden />Jump to the end{missed > 0 && ` (${formatCount(missed)} new)`}</Button>}
        {following && live && <span className="flex items-center gap-1.5 rounded-md bg-panel px-2 py-1 text-xs text-muted shadow-(--shadow)"><span aria-hidden className="size-2 animate-pulse rounded-full bg-success" />Following the end</span>}
      </div>
    </div>
  );
}

const indexOf = (rows: readonly LogRow[], line: Line) => rows.findIndex((row) => 'line' in row && compareLines(row.line, line) === 0);

function LineRow({ line, needle, current, shown }: { line: Line; needle: string; current: boolean; shown: Shown }) {
  return (
    <div title={line.stream === 'STDERR' ? 'stderr' : undefined} className={cx('flex min-h-[18px] border-l-2 px-2', line.stream === 'STDERR' ? 'border-danger' : 'border-transparent', current ? 'bg-accent-soft' : 'hover:bg-hover')}>
      {shown.times && <DateTime at={line.at} as="clock" className="num mr-3 shrink-0 text-faint" />}
      <span className={shown.wrap ? 'min-w-0 break-words whitespace-pre-wrap' : 'whitespace-pre'}><LogText text={line.text} needle={needle} current={current} /></span>
    </div>
  );
}
