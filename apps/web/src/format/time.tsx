'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { useTimeZone } from './time-zone';
import { fullTime, zonedTime } from './zoned-time';

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

/** "5 min ago", with the full date in the chosen time zone as its title. */
export function TimeAgo({ at }: { at: string }) {
  const current = useNow();
  const zone = useTimeZone();
  const time = Date.parse(at);
  // Not each second anew: a table holds many.
  const title = useMemo(() => fullTime(time, zone), [time, zone]);
  return (
    <time dateTime={at} title={current ? title : undefined}>
      {current ? formatAgo((current - time) / 1000) : at.slice(0, 10)}
    </time>
  );
}

interface DateTimeProps {
  at: string;
  /** clock: "14:02:11.042", as beside log lines; default: with its day, unless that is today */
  as?: 'clock';
  className?: string;
}

/** When something happened, in the chosen time zone; the title says which. The server, which knows no zone, writes the day. */
export function DateTime({ at, as, className }: DateTimeProps) {
  const { clock, dateAndTime, title } = useTimeWords();
  const mounted = useSyncExternalStore(never, () => true, () => false);
  if (!mounted) return <time dateTime={at} className={className}>{at.slice(0, 10)}</time>;
  return <time dateTime={at} title={title(at)} className={className}>{as === 'clock' ? clock(at) : dateAndTime(at)}</time>;
}

const never = () => () => undefined;

/** Times as words where no element can stand. Not for what the server renders: it knows no zone. */
export function useTimeWords() {
  const zone = useTimeZone();
  return {
    /** "14:02:11.042" */
    clock: (at: string) => {
      const { time, milliseconds } = zonedTime(Date.parse(at), zone);
      return `${time}.${milliseconds}`;
    },
    /** "14:02:11" today, "2026-03-05 14:02:11" on another day */
    dateAndTime: (at: string) => {
      const { day, time } = zonedTime(Date.parse(at), zone);
      return day === zonedTime(Date.now(), zone).day ? time : `${day} ${time}`;
    },
    /** "2026-03-05 14:02:11 (Europe/Berlin, UTC+1)" */
    title: (at: string) => fullTime(Date.parse(at), zone),
  };
}

/** Counts up from a moment; where there is none, how long something took. */
export function Elapsed({ from, seconds }: { from?: string | null; seconds?: number | null }) {
  const current = useNow();
  if (from) return <>{current ? formatDuration((current - Date.parse(from)) / 1000) : '…'}</>;
  return <>{typeof seconds === 'number' ? formatDuration(seconds) : '–'}</>;
}

/** A stretch of time, which counts up until it has ended. */
export const Stretch = ({ startedAt, endedAt }: { startedAt: string; endedAt?: string | null }) =>
  <Elapsed from={endedAt ? null : startedAt} seconds={endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 : null} />;
