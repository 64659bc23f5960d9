'use client';

import { Trash2 } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useDeferredValue, useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { DatasetVersionRunsDocument } from '../../generated/graphql';
import { formatCount, formatMetric, plural } from '../../format/numbers';
import { useProject } from '../../shell/project-context';
import { useShortcut } from '../../shell/use-shortcut';
import { Button } from '../../ui/button';
import { QueryError } from '../../ui/callout';
import { SelectInput, TextInput } from '../../ui/fields';
import { Panel, Skeleton } from '../../ui/panel';
import { ClassNameDialog } from '../changes/class-name-dialog';
import { PlaceSelect } from '../changes/place-select';
import type { Shown } from '../changes/pending';
import type { Editing } from '../changes/use-pending';
import type { Version } from '../version-table';
import { PictureDialog } from './picture-dialog';
import { PictureGrid, type Selection } from './picture-grid';
import { usePictures } from './use-pictures';

/** What of a version is shown, in the page's address. */
export const browseAddress = {
  class: parseAsString,
  split: parseAsStringLiteral(['TRAIN', 'VAL']),
  q: parseAsString.withDefault(''),
  wrong: parseAsString,
  picture: parseAsString,
};

interface PicturesPanelProps { name: string; version: Version; editing: Editing }

/** Every picture of a version, to be looked through and put right. */
export function PicturesPanel({ name, version, editing }: PicturesPanelProps) {
  const project = useProject();
  const [shown, show] = useQueryStates(browseAddress, { history: 'replace' });
  const [selection, setSelection] = useState<Selection>(new Map());
  const [naming, setNaming] = useState<readonly Shown[] | null>(null);
  const search = useDeferredValue(shown.q);
  const label = version.classes.some((each) => each.name === shown.class) ? shown.class : null;
  const pictures = usePictures({ name, project, version: version.version, label, split: shown.split, search: search || null, wrongBy: shown.wrong });
  const { total, error } = pictures;
  const classes = [...new Set([...version.classes.map((each) => each.name), ...editing.pending.newClasses])];
  const openIndex = shown.picture === null || total === null ? -1 : indexOf(shown.picture, total, pictures.at);
  const filter = (part: Parameters<typeof show>[0]) => {
    setSelection(new Map());
    void show(part);
  };
  const step = (by: number) => {
    const next = pictures.at(openIndex + by);
    pictures.want(Math.max(0, openIndex + by), Math.max(0, openIndex + by * 2));
    if (openIndex >= 0 && next) void show({ picture: next.path });
  };
  useShortcut(['/'], 'Search pictures by path', () => document.getElementById('picture-search')?.focus());

  return (
    <Panel id="pictures" title="Pictures" actions={
      <>
        <TextInput id="picture-search" type="search" aria-label="Search by path" placeholder="Search by path" value={shown.q} onChange={(event) => filter({ q: event.target.value || null })} className="h-7! w-44! text-xs!" />
        <SelectInput aria-label="Class" value={label ?? ''} onChange={(event) => filter({ class: event.target.value || null })} className="h-7! w-36! text-xs!">
          <option value="">All classes</option>{version.classes.map(({ name: each }) => <option key={each} value={each}>{each}</option>)}
        </SelectInput>
        <SelectInput aria-label="Split" value={shown.split ?? ''} onChange={(event) => filter({ split: (event.target.value || null) as 'TRAIN' | null })} className="h-7! w-32! text-xs!">
          <option value="">Both splits</option><option value="TRAIN">Training</option><option value="VAL">Validation</option>
        </SelectInput>
        {version.runCount > 0 && <WrongBy name={name} version={version.version} value={shown.wrong} onChange={(wrong) => filter({ wrong })} />}
      </>
    }>
      {error ? <QueryError error={error} retry={pictures.retry} /> : total === null ? <Skeleton rows={6} /> : total === 0 ? <p className="py-6 text-center text-muted">No picture is like that.</p> : (
        <PictureGrid key={`${version.id} ${label} ${shown.split} ${search} ${shown.wrong}`} pictures={pictures} total={total} changes={editing.pending.changes} selection={selection} onSelect={setSelection} onOpen={(index) => void show({ picture: pictures.at(index)?.path ?? null })} />
      )}
      <div className="mt-2 flex min-h-8 flex-wrap items-center gap-2">
        <span role="status" className="num text-xs text-muted">{selection.size > 0 ? `${plural(selection.size, 'picture')} of ${formatCount(total ?? 0)} selected` : total === null ? '' : plural(total, 'picture')}</span>
        {selection.size === 0 ? <span className="text-xs text-faint"><span className="pointer-coarse:hidden">Ctrl-click, Shift-click or Space selects; Ctrl+A selects all.</span><span className="hidden pointer-coarse:inline">Tap the circle of a picture to select it.</span></span> : !editing.here ? <span className="text-xs text-warning">There are unsaved changes to version {editing.pending.base}: save or discard them first.</span> : (
          <>
            <PlaceSelect classes={classes} onNewClass={() => setNaming([...selection.values()])}
              onClass={(to) => { editing.move([...selection.values()], { label: to }); setSelection(new Map()); }}
              onSplit={(split) => { editing.move([...selection.values()], { split }); setSelection(new Map()); }} />
            <Button size="sm" variant="danger" onClick={() => { editing.remove([...selection.values()]); setSelection(new Map()); }}><Trash2 aria-hidden />Remove</Button>
          </>
        )}
        {selection.size === 0 && editing.count > 0 && <a href="#changes" className="ml-auto text-xs font-medium text-accent hover:underline">Look through {plural(editing.count, 'change')} and save</a>}
        {selection.size > 0 && <Button size="sm" variant="ghost" onClick={() => setSelection(new Map())}>Clear selection</Button>}
      </div>
      {shown.picture !== null && (
        <PictureDialog name={name} version={version.version} path={shown.picture} place={openIndex >= 0 ? { index: openIndex, total: total! } : null} classes={classes} editing={editing} onStep={step}
          onNewClass={() => { const picture = pictures.at(openIndex); if (picture) setNaming([picture]); }} onClose={() => void show({ picture: null })} />
      )}
      {naming && <ClassNameDialog title="New class" action="Move to it" start="" taken={classes} mayMerge onClose={() => setNaming(null)} onDone={(to) => { editing.addClass(to); editing.move(naming, { label: to }); setSelection(new Map()); }} />}
    </Panel>
  );
}

/** Among what has been read; a picture opened by its address may not be. */
function indexOf(path: string, total: number, at: (index: number) => { path: string } | undefined): number {
  for (let index = 0; index < total; index++) if (at(index)?.path === path) return index;
  return -1;
}

function WrongBy({ name, version, value, onChange }: { name: string; version: number; value: string | null; onChange: (run: string | null) => void }) {
  const { data } = useQuery(DatasetVersionRunsDocument, { variables: { name, project: useProject(), version } });
  const runs = data?.dataset?.version?.runs.nodes.filter(({ id, status }) => status === 'FINISHED' || id === value) ?? [];
  if (runs.length === 0) return null;
  return (
    <SelectInput aria-label="Told wrong by" value={value ?? ''} onChange={(event) => onChange(event.target.value || null)} className="h-7! w-44! text-xs!">
      <option value="">Any prediction</option>
      {runs.map(({ id, name: run, finalMetrics }) => <option key={id} value={id}>wrong by {run} ({formatMetric(finalMetrics.find(({ key }) => key === 'val/accuracy')?.value)})</option>)}
    </SelectInput>
  );
}
