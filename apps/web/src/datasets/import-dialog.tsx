'use client';

import Link from 'next/link';
import { useState, type FormEvent } from 'react';
import { formatBytes, plural } from '../format/numbers';
import { useProject, useProjectPath } from '../shell/project-context';
import { Button, buttonClass } from '../ui/button';
import { Callout } from '../ui/callout';
import { Dialog } from '../ui/dialog';
import { Field, TextInput } from '../ui/fields';
import { FileDrop, zipFile } from './file-drop';
import type { Picked } from './picked-files';
import { isZip, suggestName, totalBytes } from './picked-files';
import { SkippedFiles } from './skipped-files';
import { UploadProgressView } from './upload-progress';
import { useImportDataset } from './use-import-dataset';

export function ImportDatasetDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog wide open={open} onOpenChange={onOpenChange} title="Import a dataset" description="Pictures in one folder per class, with or without train and val above them.">
      <ImportForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const project = useProject();
  const path = useProjectPath();
  const [picked, setPicked] = useState<Picked | null>(null);
  const [name, setName] = useState('');
  const [share, setShare] = useState('20');
  const [seed, setSeed] = useState('1');
  const [imported, setImported] = useState<{ name: string; pictures: number; classes: number } | null>(null);
  const { start, cancel, clear, progress, busy, outcome } = useImportDataset();
  const nameError = outcome?.errors.find(({ field }) => field === 'name')?.message;
  const otherErrors = outcome?.errors.filter(({ field }) => field !== 'name') ?? [];

  const pick = (next: Picked) => {
    clear();
    setPicked(next);
    if (name === '') setName(suggestName(next));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!picked) return;
    const dataset = await start({ project, name: name.trim(), picked, valFraction: Number(share) / 100, seed: Number(seed) });
    if (dataset) setImported({ name: dataset.name, pictures: dataset.latestVersion.trainCount + dataset.latestVersion.valCount, classes: dataset.latestVersion.classes.length });
  };

  if (imported) {
    return (
      <div className="flex flex-col gap-3">
        <Callout tone="info" title={`${imported.name} is imported`}>{plural(imported.pictures, 'picture')} in {plural(imported.classes, 'class', 'classes')}.</Callout>
        {outcome?.warnings.map((warning) => <Callout key={warning} tone="warning">{warning}</Callout>)}
        {outcome && outcome.skipped.length > 0 && <><p className="font-medium">{plural(outcome.skipped.length, 'file was', 'files were')} skipped</p><SkippedFiles skipped={outcome.skipped} /></>}
        <div className="flex justify-end gap-2">
          <Link href={path('datasets', imported.name)} className={buttonClass('secondary')} onClick={onDone}>Open dataset</Link>
          <Link href={`${path('runs', 'new')}?dataset=${encodeURIComponent(imported.name)}`} className={buttonClass('primary')}>Train on this</Link>
        </div>
      </div>
    );
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      <FileDrop file={zipFile} onPick={pick} disabled={busy}>
        {picked ? <p className="text-ink"><strong className="font-semibold">{isZip(picked) ? picked.files[0]!.path : plural(picked.files.length, 'file')}</strong> chosen, {formatBytes(totalBytes(picked))}</p> : <p>Drop a folder or a zip here</p>}
        <p className="mt-1 text-xs">For example <code>train/rose/1.jpg</code> and <code>val/rose/9.jpg</code>, or just <code>rose/1.jpg</code></p>
      </FileDrop>
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr_1fr]">
        <Field id="dataset-name" label="Name" error={nameError}><TextInput id="dataset-name" value={name} disabled={busy} onChange={(event) => { setName(event.target.value); clear(); }} aria-invalid={Boolean(nameError)} aria-describedby={nameError ? 'dataset-name-error' : undefined} placeholder="flowers" /></Field>
        <Field id="val-share" label="Validation share (%)" help="When there is no val folder."><TextInput id="val-share" inputMode="numeric" value={share} disabled={busy} onChange={(event) => setShare(event.target.value)} aria-describedby="val-share-help" /></Field>
        <Field id="split-seed" label="Split seed"><TextInput id="split-seed" inputMode="numeric" value={seed} disabled={busy} onChange={(event) => setSeed(event.target.value)} /></Field>
      </div>
      {otherErrors.length > 0 && (
        <Callout tone="danger" title="Nothing was imported"><ul className={otherErrors.length > 1 ? 'list-disc pl-4' : undefined}>{otherErrors.map(({ message }) => <li key={message}>{message}</li>)}</ul></Callout>
      )}
      {outcome && outcome.skipped.length > 0 && <SkippedFiles skipped={outcome.skipped} />}
      {busy && <UploadProgressView progress={progress} checking="Reading and checking every picture …" />}
      <div className="flex justify-end gap-2">
        <Button onClick={busy ? cancel : onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!picked || name.trim() === ''}>Import dataset</Button>
      </div>
    </form>
  );
}
