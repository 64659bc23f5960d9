import { useSyncExternalStore } from 'react';

/** An upload that has begun and whose dataset is not made yet, as it is kept in the browser. */
export interface Unfinished {
  name: string;
  /** The folder or zip that was chosen. */
  top: string;
  files: number;
  stored: number;
}

const place = (project: string) => `thaw:unfinished-import:${project}`;
const watchers = new Set<() => void>();
const parsed = new Map<string, { text: string | null; value: Unfinished | null }>();

export function keepUnfinished(project: string, unfinished: Unfinished | null): void {
  try {
    if (unfinished) localStorage.setItem(place(project), JSON.stringify(unfinished));
    else localStorage.removeItem(place(project));
  } catch {
    // A browser that keeps nothing still uploads; it only cannot tell afterwards how far it came.
  }
  for (const watcher of watchers) watcher();
}

function read(project: string): Unfinished | null {
  let text: string | null = null;
  try {
    text = localStorage.getItem(place(project));
  } catch {
    return null;
  }
  const known = parsed.get(project);
  if (known?.text === text) return known.value;
  const value = parse(text);
  parsed.set(project, { text, value });
  return value;
}

function parse(text: string | null): Unfinished | null {
  try {
    const value = JSON.parse(text ?? 'null') as Partial<Unfinished> | null;
    return typeof value?.name === 'string' && typeof value.files === 'number' && typeof value.stored === 'number' ? { top: '', ...value } as Unfinished : null;
  } catch {
    return null;
  }
}

export function useUnfinished(project: string): Unfinished | null {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, () => read(project), () => null);
}
