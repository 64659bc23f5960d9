'use client';

import { useApolloClient, useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { useEffect, useState, type FormEvent } from 'react';
import { useDraft } from '../draft/use-draft';
import { DatasetsDocument } from '../generated/graphql';
import { formatBytes, plural } from '../format/numbers';
import { useProject, useProjectPath } from '../shell/project-context';
import { Button, buttonClass } from '../ui/button';
import { Callout } from '../ui/callout';
import { Dialog } from '../ui/dialog';
import { describedBy, Field, TextInput } from '../ui/fields';
import { FileDrop, zipFile } from './file-drop';
import { hasFolders, isZip, type Picked, suggestName, totalBytes } from './picked-files';
import { SkippedFiles } from './skipped-files';
import { splitProblems } from './split-problems';
import { clearOutcome, continueImport, dropImport, type ImportSession, pauseImport, startImport, useImportSession } from './upload/import-session';
import { useUnfinished } from './upload/unfinished';
import { UploadProgressView } from './upload-progress';

const emptyDraft = { name: '', share: '20', seed: '1' };

interface ImportDialogProps { open: boolean; onOpenChange: (open: boolean) => void; /** Dropped onto the page. */ dropped: Picked | null }

export function ImportDatasetDialog({ open, onOpenChange, dropped }: ImportDialogProps) {
  const session = useImportSession();
  const close = () => {
    if (session?.status === 'done') dropImport();
    onOpenChange(false);
  };
  return (
    <Dialog wide open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())} title="Import a dataset" description="Pictures in one folder per class, with or without train and val above them.">
      {session?.made ? <Imported session={session} /> : <ImportForm dropped={dropped} session={session} onDone={close} />}
    </Dialog>
  );
}

function Imported({ session: { made, outcome } }: { session: ImportSession }) {
  const path = useProjectPath();
  const { forget } = useDraft(`import-dataset:${useProject()}`, emptyDraft);
  useEffect(forget, [forget]);
  const { name, pictures, classes } = made!;
  return (
    <div className="flex flex-col gap-3">
      <Callout tone="info" title={`${name} is imported`}>{plural(pictures, 'picture')} in {plural(classes, 'class', 'classes')}.</Callout>
      {outcome?.warnings.map((warning) => <Callout key={warning} tone="warning">{warning}</Callout>)}
      {outcome && outcome.skipped.length > 0 && <><p className="font-medium">{plural(outcome.skipped.length, 'file was', 'files were')} skipped</p><SkippedFiles skipped={outcome.skipped} /></>}
      <div className="flex justify-end gap-2">
        <Link href={path('datasets', name)} className={buttonClass('secondary')} onClick={dropImport}>Open dataset</Link>
        <Link href={`${path('runs', 'new')}?dataset=${encodeURIComponent(name)}`} className={buttonClass('primary')} onClick={dropImport}>Train on this</Link>
      </div>
    </div>
  );
}

function ImportForm({ dropped, session, onDone }: { dropped: Picked | null; session: ImportSession | null; onDone: () => void }) {
  const client = useApolloClient();
  const project = useProject();
  const unfinished = useUnfinished(project);
  const { draft, change } = useDraft(`import-dataset:${project}`, emptyDraft);
  const [chosen, setChosen] = useState<Picked | null>(session?.wanted.picked ?? null);
  const { name, share, seed } = draft;
  const outcome = session?.outcome ?? null;
  const busy = session !== null && session.status !== 'failed';
  const path = useProjectPath();
  const { data: known } = useQuery(DatasetsDocument, { variables: { project } });
  const taken = busy ? undefined : known?.datasets.nodes.find((each) => each.name === name.trim());
  const problems = splitProblems(draft);
  const nameError = outcome?.errors.find(({ field }) => field === 'name')?.message;
  const otherErrors = outcome?.errors.filter(({ field }) => field !== 'name') ?? [];
  const picked = chosen && chosen.files.length > 0 ? chosen : null;
  const loose = picked !== null && !isZip(picked) && !hasFolders(picked);

  const pick = (next: Picked) => {
    clearOutcome();
    setChosen(next);
    if (name === '' && suggestName(next) !== '') change({ name: suggestName(next) });
  };
  useEffect(() => {
    if (dropped && !busy) pick(dropped);
  }, [dropped]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (taken || Object.keys(problems).length > 0) return event.currentTarget.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    if (picked && !loose) startImport(client, { project, name: name.trim(), picked, valFraction: Number(share) / 100, seed: Number(seed) });
  };
  // What is stored and what was typed wait for the next try: the page says so, and offers to discard it.
  const stop = () => {
    dropImport();
    onDone();
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {unfinished && !picked && <Callout tone="info" title={`${unfinished.name}: ${unfinished.stored} of ${unfinished.files} files are stored`}>Choose {unfinished.top} again to go on. What is stored is not sent again.</Callout>}
      <FileDrop file={zipFile} onPick={pick} disabled={busy} keepAs={project}>
        {picked ? <p className="text-ink"><strong className="font-semibold">{isZip(picked) ? picked.files[0]!.path : plural(picked.files.length, 'file')}</strong> chosen, {formatBytes(totalBytes(picked))}</p> : <p>Drop a folder or a zip here</p>}
        <p className="mt-1 text-xs">For example <code>train/rose/1.jpg</code> and <code>val/rose/9.jpg</code>, or just <code>rose/1.jpg</code></p>
      </FileDrop>
      {chosen && !picked && <Callout tone="warning">There is no file in what was chosen.</Callout>}
      {loose && <Callout tone="warning" title="These pictures are in no folder, so they have no class">Put them into one folder per class and choose the folder above. To add pictures to a dataset that is here, open it and drop them there.</Callout>}
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr_1fr]">
        <Field id="dataset-name" label="Name" error={nameError}><TextInput id="dataset-name" value={name} disabled={busy} onChange={(event) => { change({ name: event.target.value }); clearOutcome(); }} aria-invalid={Boolean(nameError ?? taken)} aria-describedby={describedBy('dataset-name', false, nameError)} placeholder="flowers" /></Field>
        <Field id="val-share" label="Validation share (%)" help="When there is no val folder." error={problems.share}><TextInput id="val-share" inputMode="decimal" value={share} disabled={busy} onChange={(event) => change({ share: event.target.value })} aria-invalid={Boolean(problems.share)} aria-describedby={describedBy('val-share', true, problems.share)} /></Field>
        <Field id="split-seed" label="Split seed" error={problems.seed}><TextInput id="split-seed" inputMode="numeric" value={seed} disabled={busy} onChange={(event) => change({ seed: event.target.value })} aria-invalid={Boolean(problems.seed)} aria-describedby={describedBy('split-seed', false, problems.seed)} /></Field>
      </div>
      {taken && <Callout tone="warning" title={`This project has a dataset ${taken.name} already`} actions={<Link href={path('datasets', taken.name)} className={buttonClass('secondary', 'sm')}>Open it</Link>}>Choose another name, or open that one and press Add pictures: they become its next version.</Callout>}
      {otherErrors.length > 0 && (
        <Callout tone="danger" title="Nothing was imported"><ul className={otherErrors.length > 1 ? 'list-disc pl-4' : undefined}>{otherErrors.map(({ message }) => <li key={message}>{message}</li>)}</ul></Callout>
      )}
      {outcome && outcome.skipped.length > 0 && <SkippedFiles skipped={outcome.skipped} />}
      {busy && <UploadProgressView progress={session.progress} paused={session.status === 'paused'} onPause={pauseImport} onContinue={() => continueImport(client)} checking={session.status === 'checking' ? 'Reading and checking every picture …' : 'Looking what is stored already …'} />}
      <div className="flex flex-wrap justify-end gap-2">
        {busy && <Button variant="ghost" onClick={onDone}>Go on in the background</Button>}
        <Button onClick={stop}>{busy ? 'Stop' : 'Cancel'}</Button>
        <Button type="submit" variant="primary" busy={busy && session.status !== 'paused'} disabled={!picked || loose || busy || name.trim() === ''}>Import dataset</Button>
      </div>
    </form>
  );
}
