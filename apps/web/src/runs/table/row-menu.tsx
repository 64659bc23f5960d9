'use client';

import { Anchor, Archive, ArchiveRestore, Eye, EyeOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { paletteSize } from '../../charts/run-mark';
import type { TableRunFragment } from '../../generated/graphql';
import { Button } from '../../ui/button';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { archivedTag } from '../bulk/archived';
import { RunMenuItems } from '../run-actions';
import { useRowActions } from './row-actions';

interface RowMenuProps { run: TableRunFragment; isBaseline: boolean; isHidden: boolean }

/** A menu costs more than its row: it is made when it is first opened. */
export function RowMenu(props: RowMenuProps) {
  const [wanted, setWanted] = useState(false);
  const button = <Button variant="ghost" size="icon" className="size-6!" aria-label={`Actions for ${props.run.name}`} aria-haspopup="menu" onClick={wanted ? undefined : () => setWanted(true)}><span aria-hidden>⋯</span></Button>;
  return wanted ? <Menu defaultOpen trigger={button}><Items {...props} /></Menu> : button;
}

function Items({ run, isBaseline, isHidden }: RowMenuProps) {
  const actions = useRowActions();
  const isArchived = run.tags.includes(archivedTag);
  return (
    <>
      <RunMenuItems run={run} act={actions.act} />
      <MenuSeparator />
      <MenuItem onSelect={() => actions.compareWith(isBaseline ? null : run.id)}><Anchor aria-hidden />{isBaseline ? 'No longer the baseline' : 'Make it the baseline'}</MenuItem>
      <MenuItem onSelect={() => actions.hide([run.id], !isHidden)}>{isHidden ? <Eye aria-hidden /> : <EyeOff aria-hidden />}{isHidden ? 'Show in the chart' : 'Hide from the chart'}</MenuItem>
      <div role="group" aria-label="Colour" className="flex items-center gap-0.5 px-1 py-0.5">
        {Array.from({ length: paletteSize }, (_, place) => (
          <MenuItem key={place} aria-label={`Colour ${place + 1}`} textValue={`Colour ${place + 1}`} onSelect={() => actions.colour(run.id, place)} className="w-auto! p-1!"><span aria-hidden className="size-3.5 rounded-full" style={{ background: `var(--run-${place})` }} /></MenuItem>
        ))}
      </div>
      <MenuItem onSelect={() => actions.colour(run.id, null)}>Its own colour</MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => actions.archive(run.id, !isArchived)}>{isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}{isArchived ? 'Take out of the archive' : 'Archive'}</MenuItem>
      <MenuItem danger onSelect={() => actions.remove(run.id)}><Trash2 aria-hidden />Delete</MenuItem>
    </>
  );
}
