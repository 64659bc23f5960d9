'use client';

import { useLayoutEffect, type RefObject } from 'react';

/** A server that is gone must not make the keys dead for good. */
const mostMs = 10_000;

let typed = '';
let stop: (() => void) | null = null;

/** From the press that opens a list until the list is there, whose code may yet have to be loaded: what is typed is kept for it, and does nothing else. */
export function gatherTyping(onEscape: () => void): void {
  if (stop) return;
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      stopGathering();
      onEscape();
    } else if (event.key === 'Backspace') typed = typed.slice(0, -1);
    else if (event.key.length === 1) typed += event.key;
  };
  const timer = setTimeout(stopGathering, mostMs);
  window.addEventListener('keydown', onKey, true);
  stop = () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onKey, true);
    stop = null;
    typed = '';
  };
}

/** What was opened is there, or is not wanted any more. */
export function stopGathering(): void {
  stop?.();
}

/** Of the field of a list: it takes the focus once it is there, and what was typed until then. */
export function useTypedAhead(field: RefObject<HTMLInputElement | null>, onTyped: (text: string) => void): void {
  // Before the next key is heard.
  useLayoutEffect(() => {
    const ahead = typed;
    stopGathering();
    field.current?.focus({ preventScroll: true });
    if (ahead !== '') onTyped(ahead);
  }, []);
}
