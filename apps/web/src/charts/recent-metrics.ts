'use client';

import { useSyncExternalStore } from 'react';

/** Metric keys chosen lately in this browser, newest first, for each project. */
const mostRemembered = 6;
const address = (project: string) => `recent-metrics:${project}`;
const watchers = new Set<() => void>();

export function rememberMetric(project: string, key: string): void {
  try {
    const next = [key, ...read(project).filter((held) => held !== key)].slice(0, mostRemembered);
    localStorage.setItem(address(project), next.join('\n'));
  } catch {
    // Without storage there is nothing to remember.
  }
  for (const watcher of watchers) watcher();
}

export function useRecentMetrics(project: string): string[] {
  const held = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => read(project).join('\n'),
    () => '',
  );
  return held ? held.split('\n') : [];
}

function read(project: string): string[] {
  try {
    return localStorage.getItem(address(project))?.split('\n').filter(Boolean) ?? [];
  } catch {
    return [];
  }
}
