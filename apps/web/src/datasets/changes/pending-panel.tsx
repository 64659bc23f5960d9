'use client';

import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { formatCount, plural } from '../../format/numbers';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Panel } from '../../ui/panel';
import type { Version } from '../version-table';
import { type Change, classesAfter, problemsOf } from './pending';
import type { Editing } from './use-pending';
import { usePutOnto } from './use-put-onto';
import { useSave } from './use-save';

const most = 60;

interface PendingPanelProps { name: string; editing: Editing; versions: readonly Version[]; onShow: (version: number) => void; onSaved: (version: number) => void }

/** What is changed and not saved yet, each to be taken back, and what would come of it. */
export function PendingPanel({ name, editing, versions, onShow, onSaved }: PendingPanelProps) {
  const { pending, count } = editing;
  const [confirming, setConfirming] = useState(false);
  const { save, busy, problems, clear } = useSave(name, pending, (version) => {
    editing.discard();
    onSaved(version);
  });
  const { putOnto, putting } = usePutOnto(name, editing);
  if (count === 0) return null;
  const newest = versions[0]!;
  const latest = newest.version;
  const base = versions.find(({ version }) => version === pending.base);
  const after = base ? classesAfter(base.classes, pending) : [];
  const refusals = base ? problemsOf(after) : [`There is no version ${pending.base} any more. Put the changes onto version ${latest}.`];
  const conflict = problems.some(({ code }) => code === 'VERSION_CONFLICT') || latest !== pending.latest;
  const entries = Object.entries(pending.changes);
  const putOntoLatest = async () => {
    if (!(await putOnto(newest))) return;
    clear();
    onShow(latest);
  };
  return (
    <Panel id="changes" title={`Changes to version ${pending.base} (${formatCount(count)})`} className="border-accent!" actions={
      <>
        {confirming
          ? <span className="flex items-center gap-2 text-xs">Discard all of them? <Button size="sm" variant="danger" onClick={() => { editing.discard(); setConfirming(false); }}>Discard</Button><Button size="sm" onClick={() => setConfirming(false)}>Keep</Button></span>
          : <Button size="sm" variant="ghost" disabled={busy} onClick={() => setConfirming(true)}>Discard all</Button>}
        <Button size="sm" variant="primary" busy={busy} disabled={refusals.length > 0 || conflict} onClick={() => void save()}>Save as version {latest + 1}</Button>
      </>
    }>
      <div className="flex flex-col gap-3">
        {conflict ? (
          <Callout tone="warning" title={`Version ${latest} was made meanwhile`} actions={<span className="flex flex-wrap justify-end gap-2"><Button size="sm" onClick={() => onShow(latest)}>Look at it</Button><Button size="sm" busy={putting} onClick={() => void putOntoLatest()}>Put them onto version {latest}</Button></span>}>Your changes are to version {pending.base} and are kept. Look at what changed, then put them onto the new version.</Callout>
        ) : problems.length > 0 && (
          <Callout tone="danger" title="No version was made"><ul className={problems.length > 1 ? 'list-disc pl-4' : undefined}>{problems.map(({ message }) => <li key={message}>{message}</li>)}</ul></Callout>
        )}
        {refusals.map((refusal) => <Callout key={refusal} tone="warning">{refusal}</Callout>)}
        <ul aria-label="Changes" className="grid max-h-56 gap-x-4 gap-y-1 overflow-y-auto sm:grid-cols-2 xl:grid-cols-3" tabIndex={0}>
          {Object.entries(pending.renames).map(([from, to]) => <Entry key={`class ${from}`} what={`class ${from}`} onUndo={() => editing.undoRename(from)}><span className="truncate"><strong className="font-medium">{from}</strong> → {to}</span></Entry>)}
          {entries.slice(0, most).map(([path, change]) => <ChangeEntry key={path} path={path} change={change} onUndo={() => editing.undo(path)} />)}
        </ul>
        {entries.length > most && <p className="text-xs text-faint">and {formatCount(entries.length - most)} more</p>}
        {base && <p className="num text-xs text-muted">Afterwards: {after.map(({ name: label, trainCount, valCount }) => `${label} ${formatCount(trainCount)} + ${formatCount(valCount)}`).join(' · ')} (training + validation)</p>}
        {base && base.version !== latest && !conflict && <p className="text-xs text-warning">It is made from version {base.version}, without what came after it.</p>}
        {base && base.trainCount + base.valCount > 0 && entries.length === 0 && <p className="text-xs text-muted">{plural(Object.keys(pending.renames).length, 'class', 'classes')} renamed.</p>}
      </div>
    </Panel>
  );
}

function ChangeEntry({ path, change, onUndo }: { path: string; change: Change; onUndo: () => void }) {
  const file = path.split('/').at(-1)!;
  const url = change.kind === 'add' ? `/pictures/${change.sha256}` : change.was.url;
  return (
    <Entry what={path} onUndo={onUndo}>
      <img src={`${url}?width=64`} alt="" className="size-7 shrink-0 rounded object-cover" />
      <span className="min-w-0 truncate" title={path}>{file} <span className="text-muted">{words(change)}</span></span>
    </Entry>
  );
}

const splits = { TRAIN: 'training', VAL: 'validation' };

function words(change: Change): string {
  if (change.kind === 'remove') return `removed from ${change.was.label}`;
  if (change.kind === 'add') return `new in ${change.label}, ${change.split ? splits[change.split] : 'split by the seed'}`;
  const { was, label, split } = change;
  return [label !== was.label && `${was.label} → ${label}`, split !== was.split && `to ${splits[split]}`].filter(Boolean).join(', ');
}

function Entry({ what, onUndo, children }: { what: string; onUndo: () => void; children: React.ReactNode }) {
  return (
    <li className="flex items-center gap-2 text-xs">
      {children}
      <button type="button" aria-label={`Undo the change of ${what}`} title="Undo" onClick={onUndo} className="ml-auto rounded p-1 text-muted hover:bg-hover hover:text-ink"><Undo2 aria-hidden className="size-3.5" /></button>
    </li>
  );
}
