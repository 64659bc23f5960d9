'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** One key, or two pressed one after the other, such as ['g', 'r']; as KeyboardEvent.key says them. */
  keys: readonly string[];
  /** What it does, for the list behind `?`. */
  what: string;
  run: () => void;
}

let shortcuts: readonly Shortcut[] = [];
const watchers = new Set<() => void>();

function setShortcuts(next: readonly Shortcut[]): void {
  shortcuts = next;
  for (const watcher of watchers) watcher();
}

/** What can be pressed on this page, in the order it was declared. */
export const listShortcuts = () => shortcuts;

export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    listShortcuts,
    listShortcuts,
  );
}

/** Declares a key for as long as the component is on the page: it works there and stands in the list behind `?`. */
export function useShortcut(keys: readonly string[], what: string, run: () => void, enabled = true): void {
  const latest = useRef(run);
  latest.current = run;
  const pressed = keys.join(' ');
  useEffect(() => {
    if (!enabled) return;
    const shortcut: Shortcut = { keys: pressed.split(' '), what, run: () => latest.current() };
    setShortcuts([...shortcuts, shortcut]);
    return () => setShortcuts(shortcuts.filter((other) => other !== shortcut));
  }, [pressed, what, enabled]);
}
