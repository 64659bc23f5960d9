'use client';

import { useApolloClient } from '@apollo/client/react';
import { useRef, useState, type FormEvent } from 'react';
import { useDraft } from '../draft/use-draft';
import { ImportBackboneDocument } from '../generated/graphql';
import { FileDrop, type FileKind } from '../datasets/file-drop';
import { suggestName, totalBytes, type Picked } from '../datasets/picked-files';
import { uploadBlobs, type UploadProgress } from '../datasets/upload/upload-blobs';
import { UploadProgressView } from '../datasets/upload-progress';
import { formatBytes, plural } from '../format/numbers';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Dialog } from '../ui/dialog';
import { Field, TextInput } from '../ui/fields';
import { useNotify } from '../ui/notices';

export function ImportBackboneDialog({ open, onOpenChange, name }: { open: boolean; onOpenChange: (open: boolean) => void; name: string }) {
  return (
    <Dialog wide open={open} onOpenChange={onOpenChange} title="Import a backbone" description="A model saved by Keras (.keras or .h5), a .safetensors file, or a TensorFlow.js LayersModel folder: model.json and its weight files.">
      <ImportForm key={name} startName={name} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

/** model.json at the top: the folder's own name is not part of the paths. */
const withoutTop = (files: { path: string; sha256: string }[]) => {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]));
  return tops.size === 1 && files.every(({ path }) => path.includes('/')) ? files.map(({ path, sha256 }) => ({ path: path.slice(path.indexOf('/') + 1), sha256 })) : files;
};

const modelFile: FileKind = { label: 'Choose file', accept: '.keras,.h5,.hdf5,.safetensors', testId: 'model-file-input' };

/** A folder with model.json describes itself. */
const needsArchitecture = (picked: Picked | null) => picked?.files.some(({ path }) => /\.(safetensors|h5|hdf5)$/i.test(path)) ?? false;

/** JSON where it is some; else one of Keras' modes, or what the server has to say about it. */
function asPreprocessing(typed: string): unknown {
  const text = typed.trim();
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function ImportForm({ startName, onDone }: { startName: string; onDone: () => void }) {
  const client = useApolloClient();
  const notify = useNotify();
  const [picked, setPicked] = useState<Picked | null>(null);
  const { draft: { name, licence, architecture, preprocessing }, change, forget } = useDraft(`backbone:${startName || 'new'}`, { name: startName, licence: '', architecture: '', preprocessing: '' });
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<{ field?: string | null; message: string }[]>([]);
  const controller = useRef<AbortController | null>(null);
  const nameError = errors.find(({ field }) => field === 'name')?.message;
  const preprocessingError = errors.find(({ field }) => field === 'preprocessing')?.message;
  const others = errors.filter(({ field }) => field !== 'name' && field !== 'preprocessing');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!picked) return;
    controller.current = new AbortController();
    setBusy(true);
    setErrors([]);
    try {
      const files = withoutTop(await uploadBlobs(client, { files: picked.files, onProgress: setProgress, signal: controller.current.signal }));
      const { data } = await client.mutate({ mutation: ImportBackboneDocument, variables: { input: { name: name.trim(), files, licence: licence.trim() || null, architecture: architecture.trim() || null, preprocessing: asPreprocessing(preprocessing) } }, refetchQueries: ['Backbones'] });
      const { backbone, userErrors } = data!.importBackbone;
      if (userErrors.length > 0 || !backbone) return setErrors(userErrors);
      forget();
      notify(`${backbone.title} is imported and ready to train.`);
      onDone();
    } catch (error) {
      if ((error as Error).name !== 'AbortError') setErrors([{ message: (error as Error).message }]);
    } finally {
      setBusy(false);
      setProgress(null);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      <FileDrop file={modelFile} disabled={busy} onPick={(next) => { setPicked(next); setErrors([]); if (name === '') change({ name: suggestName(next) }); }}>
        {picked ? <p className="text-ink"><strong className="font-semibold">{plural(picked.files.length, 'file')}</strong> chosen, {formatBytes(totalBytes(picked))}</p> : <p>Drop the model file or folder here</p>}
      </FileDrop>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field id="backbone-name" label="Name" error={nameError}><TextInput id="backbone-name" value={name} disabled={busy} onChange={(event) => { change({ name: event.target.value }); setErrors([]); }} aria-invalid={Boolean(nameError)} aria-describedby={nameError ? 'backbone-name-error' : undefined} /></Field>
        <Field id="backbone-licence" label="Licence (optional)"><TextInput id="backbone-licence" value={licence} disabled={busy} onChange={(event) => change({ licence: event.target.value })} placeholder="Apache-2.0" /></Field>
        <Field id="backbone-preprocessing" label="Pixel values (optional)" help='tf, torch or caffe as in Keras, or {"range": [0, 1]}, or {"mean": […], "std": […]}. Otherwise as its architecture says, else −1 to 1.' error={preprocessingError}><TextInput id="backbone-preprocessing" value={preprocessing} disabled={busy} onChange={(event) => { change({ preprocessing: event.target.value }); setErrors([]); }} placeholder="torch" list="keras-modes" aria-invalid={Boolean(preprocessingError)} aria-describedby="backbone-preprocessing-help" /><datalist id="keras-modes"><option value="tf" /><option value="torch" /><option value="caffe" /></datalist></Field>
        {needsArchitecture(picked) && <Field id="backbone-architecture" label="Architecture" help="Of .safetensors, and of .h5 files of weights alone"><TextInput id="backbone-architecture" value={architecture} disabled={busy} onChange={(event) => { change({ architecture: event.target.value }); setErrors([]); }} placeholder="resnet18" aria-describedby="backbone-architecture-help" /></Field>}
      </div>
      {others.length > 0 && <Callout tone="danger" title="Nothing was imported"><ul className={others.length > 1 ? 'list-disc pl-4' : undefined}>{others.map(({ message }) => <li key={message}>{message}</li>)}</ul></Callout>}
      {busy && <UploadProgressView progress={progress} checking="Checking the model and its weights …" />}
      <div className="flex justify-end gap-2">
        <Button onClick={busy ? () => controller.current?.abort() : onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!picked || name.trim() === ''}>Import backbone</Button>
      </div>
    </form>
  );
}
