'use client';

import { FileArchive, FolderOpen, Upload } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { Button } from '../ui/button';
import { cx } from '../ui/cx';
import { fromDrop, fromInput, type Picked } from './picked-files';

interface FileDropProps { onPick: (picked: Picked) => void; zip?: boolean; children: React.ReactNode; disabled?: boolean }

/** Takes a folder or (with zip) a zip: by drag and drop or by the two buttons. */
export function FileDrop({ onPick, zip = false, children, disabled = false }: FileDropProps) {
  const folder = useRef<HTMLInputElement>(null);
  const archive = useRef<HTMLInputElement>(null);
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
        {zip && <Button disabled={disabled} onClick={() => archive.current?.click()}><FileArchive aria-hidden />Choose zip</Button>}
      </div>
      <input ref={folder} type="file" multiple hidden aria-label="Folder" data-testid="folder-input" onChange={(event) => take(event.currentTarget)} {...{ webkitdirectory: '' }} />
      {zip && <input ref={archive} type="file" accept=".zip,application/zip" hidden aria-label="Zip file" data-testid="zip-input" onChange={(event) => take(event.currentTarget)} />}
    </div>
  );
}
