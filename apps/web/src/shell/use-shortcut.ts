'use client';

import { useEffect, useRef, useSyncExternalStore } from 'react';
import { preference } from '../preferences/preference';

export interface Shortcut {
  /** One key, or two pressed one after the other, such as ['g', 'r']; as pressedKey says them. */
  keys: readonly string[];
  /** What it does, for the list behind `?` and the command palette. */
  what: string;
  run: () => void;
  /** Works on every page, as the shell's own do. */
  everywhere: boolean;
  /** Whether the page as it is has what the key is about; left out: it has. */
  offered?: () => boolean;
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

/** People who speak to their machine, or whose hands slip, can switch keys off that work without Ctrl or Cmd (WCAG 2.1.4). */
export const singleKeys = preference<'on' | 'off'>('single-keys', 'on', (value) => value === 'on' || value === 'off');

/** Declares a key for as long as the component is on the page: it works there, stands in the list behind `?` and in the command palette. */
export function useShortcut(keys: readonly string[], what: string, run: () => void, enabled = true): void {
  useDeclared(keys, what, run, enabled, false);
}

/** Of the shell: what a page declares under the same key wins. */
export function useShellShortcut(keys: readonly string[], what: string, run: () => void, offered?: () => boolean): void {
  useDeclared(keys, what, run, true, true, offered);
}

function useDeclared(keys: readonly string[], what: string, run: () => void, enabled: boolean, everywhere: boolean, offered?: () => boolean): void {
  const latest = useRef(run);
  latest.current = run;
  const pressed = keys.join(' ');
  useEffect(() => {
    if (!enabled) return;
    const shortcut: Shortcut = { keys: pressed.split(' '), what, run: () => latest.current(), everywhere, offered };
    setShortcuts([...shortcuts, shortcut]);
    return () => setShortcuts(shortcuts.filter((other) => other !== shortcut));
  }, [pressed, what, enabled, everywhere, offered]);
}
