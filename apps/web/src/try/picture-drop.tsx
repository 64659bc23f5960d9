'use client';

import { ImagePlus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { cx } from '../ui/cx';

/** Pictures by drag and drop, by a file dialog, or pasted anywhere on the page. */
export function PictureDrop({ onPick, children }: { onPick: (files: File[]) => void; children?: React.ReactNode }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) onPick(files);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, [onPick]);
  return (
    <div data-testid="picture-drop" onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); onPick([...event.dataTransfer.files]); }}
      className={cx('flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-4 py-6 text-center', over && 'border-accent bg-accent-soft')}>
      <ImagePlus aria-hidden className="size-6 text-faint" />
      <p className="text-muted">Drop pictures here, or paste one. They stay in this browser.</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button variant="primary" onClick={() => input.current?.click()}>Choose pictures</Button>
        {children}
      </div>
      <input ref={input} type="file" accept="image/*" multiple hidden aria-label="Pictures" data-testid="picture-input"
        onChange={({ currentTarget }) => { onPick([...(currentTarget.files ?? [])]); currentTarget.value = ''; }} />
    </div>
  );
}
