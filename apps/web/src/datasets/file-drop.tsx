'use client';

import { FileArchive, FolderOpen, Upload } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { Button } from '../ui/button';
import { cx } from '../ui/cx';
import { fromDrop, fromInput, type Picked } from './picked-files';
import { canChooseFolder, chooseFolder, forgetFolder, keepFolder, readFolder } from './upload/folder-handle';

/** One file, or several, instead of a folder. */
export interface FileKind { label: string; accept: string; testId: string; multiple?: boolean }

export const zipFile: FileKind = { label: 'Choose zip', accept: '.zip,application/zip', testId: 'zip-input' };

interface FileDropProps { onPick: (picked: Picked) => void; file: FileKind; children: React.ReactNode; disabled?: boolean; /** Remembers the folder under this name where the browser can, so that a reload need not ask for it. */ keepAs?: string }

/** Takes a folder or one file of a kind: by drag and drop or by the two buttons. */
export function FileDrop({ onPick, file, children, disabled = false, keepAs }: FileDropProps) {
  const folder = useRef<HTMLInputElement>(null);
  const single = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (disabled) return;
    if (keepAs) void forgetFolder(keepAs);
    onPick(await fromDrop(event.dataTransfer.items));
  };
  const take = (input: HTMLInputElement) => {
    if (input.files && input.files.length > 0) {
      if (keepAs) void forgetFolder(keepAs);
      onPick(fromInput([...input.files]));
    }
    // The same folder can be picked again after it was put right.
    input.value = '';
  };
  const choose = async () => {
    if (!keepAs || !canChooseFolder()) return folder.current?.click();
    const handle = await chooseFolder();
    if (!handle) return;
    void keepFolder(keepAs, handle);
    onPick(await readFolder(handle));
  };
  return (
    <div onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={(event) => void drop(event)}
      className={cx('flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-4 py-6 text-center', over && 'border-accent bg-accent-soft')}>
      <Upload aria-hidden className="size-6 text-faint" />
      <div className="text-muted">{children}</div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button disabled={disabled} onClick={() => void choose()}><FolderOpen aria-hidden />Choose folder</Button>
        <Button disabled={disabled} onClick={() => single.current?.click()}><FileArchive aria-hidden />{file.label}</Button>
      </div>
      <input ref={folder} type="file" multiple hidden aria-label="Folder" data-testid="folder-input" onChange={(event) => take(event.currentTarget)} {...{ webkitdirectory: '' }} />
      <input ref={single} type="file" multiple={file.multiple} accept={file.accept} hidden aria-label={file.label} data-testid={file.testId} onChange={(event) => take(event.currentTarget)} />
    </div>
  );
}
