'use client';

import { GitCompare, Table2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { RunDot } from '../../charts/run-dot';
import { plural } from '../../format/numbers';
import { useProjectPath } from '../../shell/project-context';
import { Button, ButtonLink } from '../../ui/button';
import { Panel } from '../../ui/panel';
import { mostNamed } from '../selection';
import type { Column } from './columns';
import type { Explored } from './use-explored';

interface RemainingProps {
  explored: Explored;
  title: string;
  /** places among the runs */
  places: readonly number[];
  columns: readonly Column[];
  /** default: the best of the target first */
  ordered?: boolean;
}

const page = 20;

/** Runs by name with their values, and ways to go on with them. */
export function RemainingRuns({ explored, title, places, columns, ordered = false }: RemainingProps) {
  const { runs, target } = explored;
  const path = useProjectPath();
  const [shown, setShown] = useState(page);
  const sorted = ordered ? places : byTarget(explored, places);
  const ids = sorted.slice(0, mostNamed).map((place) => runs[place]!.id);
  const which = places.length > mostNamed ? `the best ${mostNamed}` : 'these';
  const shownColumns = columns.some(({ id }) => id === target.id) ? columns : [...columns, target];
  return (
    <Panel flush title={title} actions={places.length > 0 && (
      <>
        <ButtonLink size="sm" href={`${path('runs')}?selected=${ids.join(',')}`}><Table2 aria-hidden />Open {which} in the table</ButtonLink>
        <ButtonLink size="sm" href={`${path('compare')}?runs=${ids.join(',')}`}><GitCompare aria-hidden />Compare {which}</ButtonLink>
      </>
    )}>
      {places.length === 0 ? <p className="px-3 py-6 text-center text-muted">No run is left. Widen or clear a filter.</p> : (
        <table className="grid-table" aria-label={title}>
          <thead><tr><th scope="col">Run</th>{shownColumns.map(({ id, label, kind }) => <th key={id} scope="col" className={kind === 'number' ? 'right' : undefined}>{label}</th>)}</tr></thead>
          <tbody>
            {sorted.slice(0, shown).map((place) => (
              <tr key={runs[place]!.id}>
                <th scope="row" className="font-normal! text-ink!"><span className="flex items-center gap-2"><RunDot id={runs[place]!.id} /><Link href={path('runs', runs[place]!.id)} className="max-w-56 truncate hover:underline">{runs[place]!.name}</Link></span></th>
                {shownColumns.map(({ id, kind, values, format }) => <td key={id} className={kind === 'number' ? 'right whitespace-nowrap' : 'whitespace-nowrap'}>{format(values[place]!)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {sorted.length > shown && <div className="border-t p-2 text-center"><Button size="sm" variant="ghost" onClick={() => setShown(shown + 5 * page)}>Show {plural(Math.min(5 * page, sorted.length - shown), 'more', 'more')} of {sorted.length}</Button></div>}
    </Panel>
  );
}

/** The best first, those without the target last. */
export function byTarget({ target, lower }: Pick<Explored, 'target' | 'lower'>, places: readonly number[]): number[] {
  const worth = (place: number) => {
    const value = target.values[place];
    return typeof value === 'number' ? (lower ? -value : value) : Number.NEGATIVE_INFINITY;
  };
  return [...places].sort((a, b) => worth(b) - worth(a) || a - b);
}
