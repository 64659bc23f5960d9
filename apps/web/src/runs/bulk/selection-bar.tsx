'use client';

import { useApolloClient } from '@apollo/client/react';
import { Archive, ArchiveRestore, GitCompare, Tag, Trash2, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import { mostCompared, mostNamed, selectionQuery } from '../../compare/selection';
import type { TableRunFragment } from '../../generated/graphql';
import { formatCount, plural } from '../../format/numbers';
import { useProjectPath } from '../../shell/project-context';
import { Button, ButtonLink } from '../../ui/button';
import { Field, TextInput } from '../../ui/fields';
import { BulkButtons } from '../run-actions';
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
      <Button size="sm" variant="danger" onClick={() => void bulk.remove(ids).then((gone) => gone && onClear())}><Trash2 aria-hidden />Delete</Button>
      <Button size="sm" variant="ghost" onClick={onClear} className="ml-auto"><X aria-hidden />Clear selection</Button>
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
    const names = tags.map((tag) => `“${tag}”`).join(', ');
    void bulk.tag(ids, add ? { add: tags } : { remove: tags }, (count) => (add ? `${plural(count, 'run')} tagged ${names}.` : `${names} taken off ${plural(count, 'run')}.`));
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild><Button size="sm"><Tag aria-hidden />Tag</Button></Popover.Trigger>
      <Popover.Portal>
        <Popover.Content sideOffset={4} align="start" collisionPadding={8} className="z-50 w-72 rounded-lg border bg-panel p-3 shadow-(--shadow)">
          <form className="flex flex-col gap-2" onSubmit={(event) => { event.preventDefault(); if (tags.length > 0) done(true); }}>
            <Field id="bulk-tags" label="Tags" help="Several with commas between."><TextInput id="bulk-tags" value={typed} onChange={(event) => setTyped(event.target.value)} autoFocus /></Field>
            <div className="flex gap-2">
              <Button type="submit" variant="primary" size="sm" disabled={tags.length === 0}>Add</Button>
              <Button size="sm" disabled={tags.length === 0} onClick={() => done(false)}>Take off</Button>
            </div>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface CompareLinkProps { selected: ReadonlySet<string>; /** Of all that match. */ total: number | null; isAll: boolean; search: { q: string; sort: string; dir: 'asc' | 'desc' } }

/** Few are named; all that match are found again by their search. */
export function CompareLink({ selected, total, isAll, search }: CompareLinkProps) {
  const path = useProjectPath();
  const count = selected.size;
  if (count < 2) return <Button disabled title="Select two or more runs to compare them"><GitCompare aria-hidden />Compare</Button>;
  if (count > mostNamed && !isAll) return <Button disabled title={`At most ${mostNamed} runs are compared by name. Narrow the table down by a search and select all of it: then as many as ${mostCompared} are.`}><GitCompare aria-hidden />Compare {formatCount(count)} runs</Button>;
  const shown = Math.min(count, mostCompared);
  const href = count > mostNamed ? selectionQuery(path('compare'), { ...search, first: Math.min(total ?? mostCompared, mostCompared) }) : selectionQuery(path('compare'), { runs: [...selected] });
  return <ButtonLink href={href}><GitCompare aria-hidden />Compare {shown < count ? `the first ${formatCount(shown)}` : shown} runs</ButtonLink>;
}
