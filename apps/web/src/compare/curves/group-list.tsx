'use client';

import { bestOf } from '../../charts/best-of';
import { useHighlight } from '../../charts/chart-legend';
import type { DrawnLine } from '../../charts/drawn-line';
import { groupMarks } from '../../charts/group-marks';
import type { HoverStore } from '../../charts/hover';
import { LineDot } from '../../charts/run-dot';
import { formatCount, formatMetric } from '../../format/numbers';

interface GroupListProps {
  /** run id → group */
  groups: ReadonlyMap<string, string>;
  /** of the first chart, whose values are shown */
  metric: string;
  lines: readonly DrawnLine[];
  hidden: ReadonlySet<string>;
  hover: HoverStore;
}

/** What the lines of all charts are when runs are put together: each group with how many of its runs are shown. */
export function GroupList({ groups, metric, lines, hidden, hover }: GroupListProps) {
  const list = useHighlight(hover);
  return (
    <ul ref={list} tabIndex={0} aria-label="Groups in the charts" className="max-h-64 overflow-y-auto border-b py-1 text-xs">
      {groupMarks(groups).map(({ name, ...mark }) => {
        const line = lines.find(({ id }) => id === name);
        const count = [...groups].filter(([id, group]) => group === name && !hidden.has(id)).length;
        return (
          <li key={name} data-line={name} className="flex items-center gap-2 px-2 py-1 data-[pointed]:bg-hover" onMouseEnter={() => hover.set({ x: null, id: name })} onMouseLeave={() => hover.set({ x: null, id: null })}>
            <LineDot line={mark} /><span className="min-w-0 flex-1 truncate" title={name}>{name}</span>
            <span className="num text-faint">n = {formatCount(count)}</span>
            <span className="num min-w-14 text-right text-muted">{formatMetric(line && bestOf(metric, line))}</span>
          </li>
        );
      })}
    </ul>
  );
}
