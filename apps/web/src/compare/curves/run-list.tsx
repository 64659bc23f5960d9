'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { bestOf } from '../../charts/best-of';
import { useHighlight } from '../../charts/chart-legend';
import type { DrawnLine } from '../../charts/drawn-line';
import type { HoverStore } from '../../charts/hover';
import { lowerIsBetter } from '../../charts/metric-keys';
import { LineDot } from '../../charts/run-dot';
import { useRunGroups } from '../../charts/run-groups';
import { formatMetric } from '../../format/numbers';
import { useRunMark } from '../../shell/live-project';
import { Button } from '../../ui/button';
import { TextInput } from '../../ui/fields';
import { Panel } from '../../ui/panel';
import { GroupList } from './group-list';

interface RunListProps {
  runs: readonly { id: string; name: string }[];
  /** what runs are put together by; null: a line for each */
  groupBy: string | null;
  /** of the first chart, whose values are shown */
  metric: string;
  lines: readonly DrawnLine[];
  /** whether the charts, and so the values, are of a part of the axis */
  inPart: boolean;
  hidden: ReadonlySet<string>;
  onHidden: (hidden: ReadonlySet<string>) => void;
  hover: HoverStore;
}

const rowHeight = 28;

/** The runs of all charts, best first: find, hide, and bring one forward. Of runs that are put together the groups have the colours and values. */
export function RunList({ runs, groupBy, metric, lines, inPart, hidden, onHidden, hover }: RunListProps) {
  const groups = useRunGroups(useMemo(() => runs.map(({ id }) => id), [runs]), groupBy);
  const [typed, setTyped] = useState('');
  const rows = useRows(runs, metric, lines, typed);
  const list = useHighlight(hover);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8 });
  const found = rows.map(({ id }) => id);
  const toggle = (id: string) => onHidden(new Set(hidden.has(id) ? [...hidden].filter((each) => each !== id) : [...hidden, id]));
  return (
    <Panel title={`Runs, ${runs.length - hidden.size} of ${runs.length} shown`} flush>
      <p className="truncate border-b px-2 py-1.5 text-xs text-faint" title={metric}>{lowerIsBetter(metric) === null ? 'Last' : 'Best'} {metric}{groups ? ', of the mean' : ''}{inPart ? ', in this part' : ''}</p>
      {groups && <GroupList groups={groups} metric={metric} lines={lines} hidden={hidden} hover={hover} />}
      <div className="flex flex-col gap-2 border-b p-2">
        <TextInput type="search" aria-label="Find a run" placeholder="Find a run" value={typed} onChange={(event) => setTyped(event.target.value)} />
        <div className="flex flex-wrap gap-1">
          <Button size="sm" onClick={() => onHidden(new Set([...hidden].filter((id) => !found.includes(id))))}>Show {typed ? 'found' : 'all'}</Button>
          <Button size="sm" onClick={() => onHidden(new Set([...hidden, ...found]))}>Hide {typed ? 'found' : 'all'}</Button>
          {typed && <Button size="sm" onClick={() => onHidden(new Set(runs.map(({ id }) => id).filter((id) => !found.includes(id))))}>Only found</Button>}
        </div>
      </div>
      <div ref={scroller} tabIndex={-1} className="max-h-[min(32rem,60dvh)] overflow-y-auto">
        <ul ref={list} aria-label="Runs in the chart" className="relative text-xs" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const { id, name, best, look } = rows[index]!;
            const line = groups?.get(id) ?? id;
            return (
              <li key={id} data-line={id} className="absolute inset-x-0 flex items-center px-2 data-[pointed]:bg-hover" style={{ top: start, height: rowHeight }}
                onMouseEnter={() => hover.set({ x: null, id: line })} onMouseLeave={() => hover.set({ x: null, id: null })} onFocus={() => hover.set({ x: null, id: line })}>
                <label className="flex min-w-0 flex-1 items-center gap-2">
                  <input type="checkbox" checked={!hidden.has(id)} onChange={() => toggle(id)} aria-label={`Show ${name}`} />
                  {groupBy === null && <LineDot line={look} />}<span className={hidden.has(id) ? 'min-w-0 flex-1 truncate text-faint line-through' : 'min-w-0 flex-1 truncate'}>{name}</span>
                  {groupBy === null ? <span className="num text-muted">{formatMetric(best)}</span> : <span className="max-w-28 truncate text-faint">{groups?.get(id)}</span>}
                </label>
              </li>
            );
          })}
        </ul>
        {rows.length === 0 && <p className="p-3 text-muted">No run’s name contains “{typed}”.</p>}
      </div>
    </Panel>
  );
}

function useRows(runs: RunListProps['runs'], metric: string, lines: readonly DrawnLine[], typed: string) {
  const mark = useRunMark();
  const all = useMemo(() => {
    const best = new Map(lines.map((line) => [line.id, bestOf(metric, line)]));
    const sign = lowerIsBetter(metric) === false ? -1 : 1;
    const worst = Number.POSITIVE_INFINITY;
    return runs.map(({ id, name }) => ({ id, name, best: best.get(id) ?? null, look: mark(id) }))
      .sort((a, b) => (a.best === null ? worst : sign * a.best) - (b.best === null ? worst : sign * b.best) || 0);
  }, [runs, metric, lines, mark]);
  const part = typed.trim().toLowerCase();
  return useMemo(() => all.filter(({ name }) => name.toLowerCase().includes(part)), [all, part]);
}
