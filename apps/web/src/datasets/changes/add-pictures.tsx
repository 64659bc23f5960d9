'use client';

import { type ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { LookUpPicturesDocument, type Split } from '../../generated/graphql';
import { plural } from '../../format/numbers';
import { useProject } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { Dialog } from '../../ui/dialog';
import { Field, SelectInput, TextInput } from '../../ui/fields';
import { useNotify } from '../../ui/notices';
import { FileDrop } from '../file-drop';
import type { Picked } from '../picked-files';
import { SkippedFiles } from '../skipped-files';
import { emptyMemory, uploadBlobs, type UploadProgress } from '../upload/upload-blobs';
import { UploadProgressView } from '../upload-progress';
import type { Change } from './pending';
import { freePath, placeFiles, type PlacedPicture } from './place-files';
import type { Editing } from './use-pending';

interface AddPicturesProps { name: string; version: number; classes: readonly string[]; editing: Editing; dropped: Picked | null; onClose: () => void }

const many = { label: 'Choose pictures', accept: 'image/*', testId: 'pictures-input', multiple: true };

/** New pictures for a version: they are sent at once and then stand among the changes, where a reload finds them. */
export function AddPictures({ name, version, classes, editing, dropped, onClose }: AddPicturesProps) {
  const client = useApolloClient();
  const project = useProject();
  const notify = useNotify();
  const [picked, setPicked] = useState<Picked | null>(dropped);
  const [label, setLabel] = useState<string | null>(null);
  const [newLabel, setNewLabel] = useState('');
  const [split, setSplit] = useState<Split | null>(null);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [state, setState] = useState<'choosing' | 'sending' | 'paused'>('choosing');
  const [error, setError] = useState<string | null>(null);
  const [known, setKnown] = useState<{ path: string; reason: string }[]>([]);
  const controller = useRef<AbortController | null>(null);
  const memory = useRef(emptyMemory());
  useEffect(() => () => controller.current?.abort(), []);
  const into = label === '\n' ? newLabel.trim() : label;
  const placed = picked && placeFiles(picked.files, classes, { label: into || null, split });
  const newClasses = [...new Set(placed?.pictures.map((each) => each.label))].filter((each) => !classes.includes(each));

  const pick = (next: Picked) => {
    memory.current = emptyMemory();
    setPicked(next);
    setError(null);
    setKnown([]);
  };
  const send = async () => {
    const own = (controller.current = new AbortController());
    setState('sending');
    setError(null);
    try {
      const files = placed!.pictures.map(({ source }) => source);
      const uploaded = await uploadBlobs(client, { files, memory: memory.current, onProgress: setProgress, signal: own.signal });
      const { additions, repeated } = await additionsOf(client, { name, project, version }, placed!.pictures, uploaded.map(({ sha256 }) => sha256), editing);
      editing.add(additions, newClasses);
      setState('choosing');
      if (repeated.length > 0 && Object.keys(additions).length === 0) return setKnown(repeated);
      notify(`${plural(Object.keys(additions).length, 'picture')} to add${repeated.length > 0 ? `; ${repeated.length} are in the version already` : ''}. Save to make the version.`);
      onClose();
    } catch (failure) {
      if (own.signal.aborted) return;
      setState('choosing');
      setError((failure as Error).message);
    }
  };

  return (
    <Dialog wide open onOpenChange={(open) => !open && onClose()} title={`Add pictures to ${name}`} description="They stand among the changes until you save them as a new version.">
      <div className="flex flex-col gap-4">
        <FileDrop file={many} disabled={state !== 'choosing'} onPick={pick}>
          {placed ? <p className="text-ink"><strong className="font-semibold">{plural(placed.pictures.length, 'picture')}</strong> chosen{placed.skipped.length > 0 && `, ${plural(placed.skipped.length, 'file')} left out`}</p> : <p>Drop pictures or folders here</p>}
        </FileDrop>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field id="add-class" label="Class">
            <SelectInput id="add-class" value={label ?? ''} disabled={state !== 'choosing'} onChange={(event) => setLabel(event.target.value || null)}>
              <option value="">As their folders say</option>{classes.map((each) => <option key={each} value={each}>{each}</option>)}<option value={'\n'}>New class …</option>
            </SelectInput>
          </Field>
          {label === '\n' && <Field id="add-new-class" label="Name of the new class"><TextInput id="add-new-class" value={newLabel} onChange={(event) => setNewLabel(event.target.value)} /></Field>}
          <Field id="add-split" label="Split">
            <SelectInput id="add-split" value={split ?? ''} disabled={state !== 'choosing'} onChange={(event) => setSplit((event.target.value || null) as Split | null)}>
              <option value="">As their folders say, else by the seed</option><option value="TRAIN">Training</option><option value="VAL">Validation</option>
            </SelectInput>
          </Field>
        </div>
        {newClasses.length > 0 && <Callout tone="info">New {newClasses.length === 1 ? 'class' : 'classes'}: {newClasses.slice(0, 10).join(', ')}{newClasses.length > 10 && ` and ${newClasses.length - 10} more`}.</Callout>}
        {placed && placed.skipped.length > 0 && <SkippedFiles skipped={placed.skipped} />}
        {known.length > 0 && <><Callout tone="info">All of them are in the version already, byte for byte. Nothing is added.</Callout><SkippedFiles skipped={known} /></>}
        {error && <Callout tone="danger" title="Nothing was added">{error}</Callout>}
        {state !== 'choosing' && <UploadProgressView progress={progress} checking="Looking what is there already …" paused={state === 'paused'} onPause={() => { controller.current?.abort(); setState('paused'); }} onContinue={() => void send()} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={state === 'sending'} disabled={!placed || placed.pictures.length === 0 || state !== 'choosing' || (label === '\n' && newLabel.trim() === '')} onClick={() => void send()}>Add pictures</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Changes that add what the version does not have; a name that is taken gets a number. */
async function additionsOf(client: ApolloClient, version: { name: string; project: string; version: number }, pictures: readonly PlacedPicture[], sha256s: readonly string[], { pending }: Editing) {
  const [taken, bytes] = [new Set(Object.keys(pending.changes)), new Map<string, string>()];
  for (const [path, change] of Object.entries(pending.changes)) if (change.kind === 'add') bytes.set(change.sha256, path);
  for (let start = 0; start < pictures.length; start += 500) {
    const part = pictures.slice(start, start + 500);
    const { data } = await client.query({ query: LookUpPicturesDocument, variables: { ...version, paths: part.map(({ label, file }) => `${label}/${file}`), sha256s: sha256s.slice(start, start + 500) }, fetchPolicy: 'no-cache' });
    for (const { path, sha256 } of data!.dataset!.version!.lookUp) {
      taken.add(path);
      bytes.set(sha256, path);
    }
  }
  const additions: Record<string, Change> = {};
  const repeated: { path: string; reason: string }[] = [];
  pictures.forEach(({ source, label, split, file }, index) => {
    const sha256 = sha256s[index]!;
    const same = bytes.get(sha256);
    if (same !== undefined) return void repeated.push({ path: source.path, reason: `the same bytes as ${same}` });
    const path = freePath(label, file, taken);
    taken.add(path);
    bytes.set(sha256, path);
    additions[path] = { kind: 'add', sha256, label, split };
  });
  return { additions, repeated };
}
