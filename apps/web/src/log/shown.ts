'use client';

import { useState } from 'react';
import type { LogFilter } from './log-window';

/** How the log is looked at. */
export interface Shown {
  stream: LogFilter['stream'];
  onlyMatches: boolean;
  times: boolean;
  wrap: boolean;
}

export const noFilter = { stream: null, onlyMatches: false } satisfies Partial<Shown>;

const place = 'thaw:log';

/** Kept for the next log, apart from what hides lines. */
export function useShown(): [Shown, (part: Partial<Shown>) => void] {
  const [shown, setShown] = useState<Shown>(() => ({ times: false, wrap: false, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Shown>), ...noFilter }));
  const change = (part: Partial<Shown>) => {
    const next = { ...shown, ...part };
    localStorage.setItem(place, JSON.stringify({ times: next.times, wrap: next.wrap }));
    setShown(next);
  };
  return [shown, change];
}
