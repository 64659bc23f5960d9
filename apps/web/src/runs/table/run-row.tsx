'use client';

import { Eye, EyeOff } from 'lucide-react';
import { memo, useRef, type ReactNode } from 'react';
import type { TableRunFragment } from '../../generated/graphql';
import { cx } from '../../ui/cx';
import { CellContent } from './cell-content';
import { pinnedClass, rowHeight, type CellPlace, type Layout } from './layout';
import { useRowActions } from './row-actions';
import { RowMenu } from './row-menu';

interface RunRowProps {
  /** undefined: it is being read. */
  run: TableRunFragment | undefined;
  /** Place in the table, from 0; -1 for the baseline, which stays in sight. */
  index: number;
  rowIndex: number;
  /** null: it stands where it is. */
  top: number | null;
  layout: Layout;
  baseline: TableRunFragment | null;
  isSelected: boolean;
  isHidden: boolean;
  depth: number;
}

/** Only of the row that is pointed at: each cell that sticks and each icon slows the scrolling of all. */
const whenPointedAt = 'hidden group-hover/row:block group-focus-within/row:block';
const tailInSight = 'sm:group-hover/row:sticky sm:group-focus-within/row:sticky';

export const RunRow = memo(function RunRow({ run, index, rowIndex, top, layout, baseline, isSelected, isHidden, depth }: RunRowProps) {
  const isBaseline = run !== undefined && baseline?.id === run.id;
  const menu = run && <RowMenu run={run} isBaseline={isBaseline} isHidden={isHidden} />;
  const cell = ({ column, index: place, width }: CellPlace) => (
    <div key={column.id} role="cell" aria-colindex={place + 2} style={{ width }} className={cx('shrink-0 px-2.5', column.id !== 'notes' && 'truncate', column.right && 'text-right')}>
      {run ? <CellContent column={column} run={run} baseline={baseline} /> : <span aria-hidden className="inline-block h-2.5 w-3/5 rounded bg-hover align-middle" />}
    </div>
  );
  return (
    <div role="row" aria-rowindex={rowIndex} data-index={index}
      className={cx('group/row flex items-center border-b', top === null ? 'bg-sunken' : 'absolute left-0 contain-layout contain-style focus-within:z-1', top !== null && (isSelected ? 'bg-accent-soft' : 'bg-panel hover:bg-hover'))}
      style={{ height: rowHeight, width: layout.width, minWidth: '100%', ...(top !== null && { top }) }}>
      <div className={cx(pinnedClass, 'flex h-full items-center bg-inherit')}>
        <div role="cell" aria-colindex={1} className="flex shrink-0 items-center gap-2.5 pl-2.5" style={{ width: layout.lead }}>{run && <Lead run={run} index={index} isSelected={isSelected} isHidden={isHidden} menu={layout.narrow && menu} />}</div>
        {depth > 0 && <div className="shrink-0" style={{ width: depth * 14 }} />}
        {layout.pinned.map((place, n) => cell(n === 0 && depth > 0 ? { ...place, width: place.width - depth * 14 } : place))}
      </div>
      <div className="shrink-0" style={{ width: layout.before }} />
      {layout.shown.map(cell)}
      <div className="shrink-0" style={{ width: layout.after }} />
      {!layout.narrow && <div role="cell" aria-colindex={layout.pinned.length + layout.shown.length + 2} className={cx('right-0 flex h-full shrink-0 items-center justify-center bg-inherit', tailInSight)} style={{ width: layout.tail }}>{menu}</div>}
    </div>
  );
});

function Lead({ run, index, isSelected, isHidden, menu }: { run: TableRunFragment; index: number; isSelected: boolean; isHidden: boolean; /** In place of the eye, which is in it, too. */ menu: ReactNode }) {
  const actions = useRowActions();
  const extends_ = useRef(false);
  const Icon = isHidden ? EyeOff : Eye;
  return (
    <>
      <input type="checkbox" aria-label={`Select ${run.name}`} checked={isSelected} className="block accent-(--accent)"
        onClick={(event) => { extends_.current = event.shiftKey; }} onChange={(event) => actions.select(index, run.id, event.target.checked, extends_.current)} />
      {menu || (
        <button type="button" aria-label={`Hide ${run.name} from the chart`} aria-pressed={isHidden} title={isHidden ? 'Show in the chart' : 'Hide from the chart'} onClick={() => actions.hide([run.id], !isHidden)}
          className={cx('size-4.5 rounded p-0.5 hover:text-ink', isHidden ? 'text-muted' : 'text-faint')}>
          <Icon aria-hidden className={cx('size-3.5', !isHidden && whenPointedAt)} />
        </button>
      )}
    </>
  );
}
