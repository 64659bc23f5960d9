'use client';

import { useApolloClient } from '@apollo/client/react';
import { Archive, ArchiveRestore, Tag, Trash2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TableRunFragment } from '../../generated/graphql';
import { formatCount, plural } from '../../format/numbers';
import { Button } from '../../ui/button';
import { Field, TextInput } from '../../ui/fields';
import { Popover } from '../../ui/popover';
import { BulkButtons } from '../run-actions';
import { focusTable } from '../table/focus-table';
import { readRuns } from '../table/read-runs';
import type { Bulk } from './use-bulk';

interface SelectionBarProps {
  selected: ReadonlySet<string>;
  held: readonly TableRunFragment[];
  bulk: Bulk;
  isArchive: boolean;
  onClear: () => void;
}

/** What can be done to the runs that are ticked. */
export function SelectionBar({ selected, held, bulk, isArchive, onClear }: SelectionBarProps) {
  const ids = [...selected];
  const runs = useSelectedRuns(ids, held);
  return (
    <div role="group" aria-label="Selected runs" className="flex flex-wrap items-center gap-2 rounded-md bg-accent-soft px-2.5 py-1.5">
      <span className="num font-medium">{formatCount(ids.length)} selected</span>
      <BulkButtons runs={runs} />
      <TagForm ids={ids} bulk={bulk} />
      <Button size="sm" onClick={() => void bulk.archive(ids, !isArchive)}>{isArchive ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}{isArchive ? 'Take out of the archive' : 'Archive'}</Button>
      <Button size="sm" variant="danger" onClick={() => void bulk.remove(ids)}><Trash2 aria-hidden />Delete</Button>
      <Button size="sm" variant="ghost" onClick={() => { onClear(); focusTable(); }} className="ml-auto"><X aria-hidden />Clear selection</Button>
    </div>
  );
}

/** Of runs that the table does not hold only a part is looked at: enough to say what they can be asked. */
function useSelectedRuns(ids: readonly string[], held: readonly TableRunFragment[]): TableRunFragment[] {
  const client = useApolloClient();
  const [read, setRead] = useState<readonly TableRunFragment[]>([]);
  const byId = new Map([...read, ...held].map((run) => [run.id, run]));
  const missing = ids.filter((id) => !byId.has(id)).slice(0, 1000).join(' ');
  useEffect(() => {
    if (missing === '') return;
    let wanted = true;
    readRuns(client, missing.split(' '), []).then((runs) => wanted && setRead((before) => [...before, ...runs]), () => undefined);
    return () => {
      wanted = false;
    };
  }, [client, missing]);
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function TagForm({ ids, bulk }: { ids: readonly string[]; bulk: Bulk }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const tags = [...new Set(typed.split(',').map((tag) => tag.trim()).filter(Boolean))];
  const done = (add: boolean) => {
    setOpen(false);
    setTyped('');
    const names = tags.map((tag) => `“${tag}”`).join(', ');
    void bulk.tag(ids, add ? { add: tags } : { remove: tags }, (count) => (add ? `${plural(count, 'run')} tagged ${names}.` : `${names} taken off ${plural(count, 'run')}.`));
  };
  return (
    <Popover open={open} onOpenChange={setOpen} label="Tag the runs" className="w-72 p-3" trigger={<Button size="sm"><Tag aria-hidden />Tag</Button>}>
      <form className="flex flex-col gap-2" onSubmit={(event) => { event.preventDefault(); if (tags.length > 0) done(true); }}>
        <Field id="bulk-tags" label="Tags" help="Several with commas between."><TextInput id="bulk-tags" value={typed} onChange={(event) => setTyped(event.target.value)} autoFocus /></Field>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" size="sm" disabled={tags.length === 0}>Add</Button>
          <Button size="sm" disabled={tags.length === 0} onClick={() => done(false)}>Take off</Button>
        </div>
      </form>
    </Popover>
  );
}
