'use client';

import { Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { fromDrop, type Picked } from './picked-files';

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files dropped anywhere on the page; while they hover over it, it says what would become of them. */
export function PageDrop({ what, onPick, enabled = true }: { what: string; onPick: (picked: Picked) => void; enabled?: boolean }) {
  const [over, setOver] = useState(false);
  const latest = useRef(onPick);
  latest.current = onPick;
  useEffect(() => {
    if (!enabled) return;
    // Enter and leave come for every element under the pointer: their sum says whether it is over the window.
    let depth = 0;
    const set = (next: number) => {
      depth = Math.max(0, next);
      setOver(depth > 0);
    };
    const enter = (event: DragEvent) => void (holdsFiles(event) && set(depth + 1));
    const leave = (event: DragEvent) => void (holdsFiles(event) && set(depth - 1));
    const hover = (event: DragEvent) => void (holdsFiles(event) && event.preventDefault());
    const drop = (event: DragEvent) => {
      set(0);
      if (!holdsFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      void fromDrop(event.dataTransfer!.items).then((picked) => latest.current(picked));
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: hover, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener);
      setOver(false);
    };
  }, [enabled]);
  if (!over) return null;
  return (
    <div aria-hidden className="pointer-events-none fixed inset-2 z-30 flex flex-col items-center justify-center gap-2 rounded-xl border-2 border-dashed border-accent bg-accent-soft/90 text-accent">
      <Upload className="size-8" /><p className="text-base font-medium">{what}</p>
    </div>
  );
}
