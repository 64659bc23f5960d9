'use client';

import { useEffect, useRef } from 'react';
import { formatMetric } from '../format/numbers';
import { bestOf } from './best-of';
import type { DrawnLine } from './drawn-line';
import type { HoverStore } from './hover';
import { bestIndexes } from './metric-keys';
import { LineDot } from './run-dot';

const mostListed = 40;

/** The lines of a chart with their best values; pointing at one brings its line forward. For few lines: see RunList for hundreds. */
export function ChartLegend({ metric, lines, hover }: { metric: string; lines: readonly DrawnLine[]; hover: HoverStore }) {
  const list = useHighlight(hover);
  const shown = lines.slice(0, mostListed);
  const best = shown.map((line) => bestOf(metric, line));
  const winners = bestIndexes(metric, best);
  return (
    <ul ref={list} aria-label="Runs in the chart" className="flex min-h-7.5 flex-wrap gap-x-4 gap-y-1 px-3 pt-1 pb-2.5 text-xs">
      {shown.map((line, index) => (
        <li key={line.id} data-line={line.id} onMouseEnter={() => hover.set({ x: null, id: line.id })} onMouseLeave={() => hover.set({ x: null, id: null })}
          className="flex items-center gap-1.5 rounded data-[pointed]:bg-hover">
          <LineDot line={line} /><span className="max-w-48 truncate">{line.label}</span>
          <span className={winners.has(index) ? 'num font-semibold' : 'num text-muted'}>{formatMetric(best[index])}</span>
        </li>
      ))}
      {lines.length > shown.length && <li className="text-faint">and {lines.length - shown.length} more</li>}
    </ul>
  );
}

/** Marks the row of the line that is pointed at, without rendering: data-pointed on the element with its data-line. */
export function useHighlight(hover: HoverStore) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => hover.subscribe(() => {
    for (const row of list.current?.querySelectorAll('[data-pointed]') ?? []) row.removeAttribute('data-pointed');
    const { id } = hover.get();
    if (id) list.current?.querySelector(`[data-line="${CSS.escape(id)}"]`)?.setAttribute('data-pointed', '');
  }), [hover]);
  return list;
}
