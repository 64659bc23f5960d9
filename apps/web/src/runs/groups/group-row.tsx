'use client';

import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { formatCount, formatMetric, formatValue, plural } from '../../format/numbers';
import { cx } from '../../ui/cx';
import { statusLabel } from '../run-status';
import type { RunColumn } from '../table/columns';
import { pinnedClass, rowHeight, type CellPlace, type Layout } from '../table/layout';
import { quoted } from '../value-text';
import type { GroupNode } from './group-tree';

interface GroupRowProps { group: GroupNode; isExpanded: boolean; index: number; rowIndex: number; top: number; layout: Layout; onToggle: (group: GroupNode) => void }

/** The head of a group: what its runs share, how many they are, and the mean of each metric. */
export const GroupRow = memo(function GroupRow({ group, isExpanded, index, rowIndex, top, layout, onToggle }: GroupRowProps) {
  const [first, ...pinned] = layout.pinned;
  const cell = ({ column, index: place, width }: CellPlace) => (
    <div key={column.id} role="cell" aria-colindex={place + 2} style={{ width }} className={cx('shrink-0 truncate px-2.5', column.right && 'text-right')}><Aggregate column={column} group={group} /></div>
  );
  const value = group.value === null || group.value === undefined || group.value === '' ? 'none' : formatValue(quoted(group.value));
  return (
    <div role="row" aria-rowindex={rowIndex} data-index={index} className="absolute left-0 flex items-center border-b bg-sunken contain-layout contain-style" style={{ height: rowHeight, width: layout.width, minWidth: '100%', top }}>
      <div className={cx(pinnedClass, 'flex h-full items-center bg-inherit')}>
        <div role="cell" aria-colindex={2} className="shrink-0 px-2.5" style={{ width: layout.lead + first!.width, paddingLeft: 10 + group.depth * 18 }}>
          <button type="button" data-row-link aria-expanded={isExpanded} onClick={() => onToggle(group)} className="flex w-full min-w-0 items-center gap-1.5 text-left">
            <ChevronRight aria-hidden className={cx('size-3.5 shrink-0 text-muted transition-transform', isExpanded && 'rotate-90')} />
            <span className="shrink-0 text-muted">{group.title}</span>
            <span className={cx('min-w-0 truncate font-medium', value === 'none' && 'text-muted')} title={value}>{value}</span>
            <span className="ml-auto shrink-0 text-xs text-muted">{formatCount(group.count)}<span className="sr-only"> {group.count === 1 ? 'run' : 'runs'}</span></span>
          </button>
        </div>
        {pinned.map(cell)}
      </div>
      <div className="shrink-0" style={{ width: layout.before }} />
      {layout.shown.map(cell)}
    </div>
  );
});

function Aggregate({ column, group }: { column: RunColumn; group: GroupNode }) {
  if (column.id === 'status') {
    const words = group.statusCounts.map(({ status, count }) => `${formatCount(count)} ${statusLabel(status).toLowerCase()}`).join(', ');
    return <span className="text-xs text-muted" title={words}>{words}</span>;
  }
  const figures = column.kind === 'metric' ? group.aggregates.find(({ key, stat }) => key === column.key && stat === column.stat) : undefined;
  if (!figures || figures.mean === null || figures.mean === undefined) return null;
  const range = `Mean of ${plural(figures.count, 'run')}: ${formatMetric(figures.mean)}; lowest ${formatMetric(figures.min)}, highest ${formatMetric(figures.max)}`;
  return <span title={range}><span className="sr-only">mean </span>{formatMetric(figures.mean)}{figures.std !== null && figures.std !== undefined && <span className="ml-1 text-xs text-muted">±{formatMetric(figures.std)}</span>}</span>;
}
