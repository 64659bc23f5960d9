'use client';

import { useSyncExternalStore } from 'react';

/** 75 → "1m 15s" */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${whole % 60}s`;
  return `${Math.floor(whole / 3600)}h ${Math.floor((whole % 3600) / 60)}m`;
}

export function formatAgo(seconds: number): string {
  if (seconds < 45) return 'just now';
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}

let now = 0;
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time in ms, moving once a second while anything on the page shows it; 0 while rendering on the server. */
export function useNow(): number {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      now ||= Date.now();
      timer ??= setInterval(() => {
        now = Date.now();
        for (const notify of watchers) notify();
      }, 1000);
      return () => {
        watchers.delete(watcher);
        if (watchers.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    () => (timer ? now : (now = Math.floor(Date.now() / 1000) * 1000)),
    () => 0,
  );
}

/** "5 min ago", with the full date in the viewer's time zone as its title. */
export function TimeAgo({ at }: { at: string }) {
  const current = useNow();
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={current ? new Date(time).toLocaleString() : undefined}>
      {current ? formatAgo((current - time) / 1000) : at.slice(0, 10)}
    </time>
  );
}

/** How long a run took, or counts up while it runs. */
export function Elapsed({ startedAt, endedAt, seconds }: { startedAt?: string | null; endedAt?: string | null; seconds?: number | null }) {
  const current = useNow();
  if (!startedAt) return <>–</>;
  if (endedAt) return <>{formatDuration(seconds ?? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000)}</>;
  return <>{current ? formatDuration((current - Date.parse(startedAt)) / 1000) : '…'}</>;
}
