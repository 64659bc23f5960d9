'use client';

import { FileArchive, FolderOpen, Upload } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { Button } from '../ui/button';
import { cx } from '../ui/cx';
import { fromDrop, fromInput, type Picked } from './picked-files';

/** One file instead of a folder. */
export interface FileKind { label: string; accept: string; testId: string }

export const zipFile: FileKind = { label: 'Choose zip', accept: '.zip,application/zip', testId: 'zip-input' };

interface FileDropProps { onPick: (picked: Picked) => void; file: FileKind; children: React.ReactNode; disabled?: boolean }

/** Takes a folder or one file of a kind: by drag and drop or by the two buttons. */
export function FileDrop({ onPick, file, children, disabled = false }: FileDropProps) {
  const folder = useRef<HTMLInputElement>(null);
  const single = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled) onPick(await fromDrop(event.dataTransfer.items));
  };
  const take = (input: HTMLInputElement) => {
    if (input.files && input.files.length > 0) onPick(fromInput([...input.files]));
    // The same folder can be picked again after it was put right.
    input.value = '';
  };
  return (
    <div onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={(event) => void drop(event)}
      className={cx('flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-4 py-6 text-center', over && 'border-accent bg-accent-soft')}>
      <Upload aria-hidden className="size-6 text-faint" />
      <div className="text-muted">{children}</div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button disabled={disabled} onClick={() => folder.current?.click()}><FolderOpen aria-hidden />Choose folder</Button>
        <Button disabled={disabled} onClick={() => single.current?.click()}><FileArchive aria-hidden />{file.label}</Button>
      </div>
      <input ref={folder} type="file" multiple hidden aria-label="Folder" data-testid="folder-input" onChange={(event) => take(event.currentTarget)} {...{ webkitdirectory: '' }} />
      <input ref={single} type="file" accept={file.accept} hidden aria-label={file.label} data-testid={file.testId} onChange={(event) => take(event.currentTarget)} />
    </div>
  );
}
