'use client';

import { useSyncExternalStore } from 'react';

export interface Preference<T> {
  /** While rendering on the server, and in the first render of the browser: the one nobody has to choose. */
  use: () => T;
  read: () => T;
  set: (value: T) => void;
}

/** A choice of the person in this browser, the same in all its tabs. What is stored and not `valid` counts as not chosen. */
export function preference<T extends string>(key: string, unchosen: T, valid: (value: string) => boolean): Preference<T> {
  const place = `thaw:${key}`;
  const watchers = new Set<() => void>();
  let chosenHere: T | null = null;
  const tell = () => {
    for (const watcher of watchers) watcher();
  };
  const onStorage = (event: StorageEvent) => {
    if (event.key !== place && event.key !== null) return;
    chosenHere = null;
    tell();
  };

  const read = (): T => {
    if (chosenHere !== null) return chosenHere;
    try {
      const stored = localStorage.getItem(place);
      return stored !== null && valid(stored) ? (stored as T) : unchosen;
    } catch {
      return unchosen;
    }
  };
  return {
    read,
    use: () => useSyncExternalStore(
      (watcher) => {
        if (watchers.size === 0) window.addEventListener('storage', onStorage);
        watchers.add(watcher);
        return () => {
          watchers.delete(watcher);
          if (watchers.size === 0) window.removeEventListener('storage', onStorage);
        };
      },
      read,
      () => unchosen,
    ),
    set: (value) => {
      chosenHere = value;
      try {
        localStorage.setItem(place, value);
      } catch {
        // A browser that keeps nothing still does what was chosen until the page is left.
      }
      tell();
    },
  };
}
