'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

const place = (key: string) => `thaw:draft:${key}`;

export interface Draft<T> {
  draft: T;
  change: (part: Partial<T>) => void;
  /** What was typed has been stored: nothing is kept of it. */
  forget: () => void;
  /** Back to the start. */
  reset: () => void;
  /** Whether what is shown was typed before the page was loaded. */
  restored: boolean;
}

/**
 * What is typed into a form, kept in the browser until it is sent: it survives a reload, a failure and a closed tab.
 * The key names the form and what it is about, such as `launch:PROJECT:new`.
 */
export function useDraft<T extends object>(key: string, start: T): Draft<T> {
  const [draft, setDraft] = useState(start);
  const [restored, setRestored] = useState(false);
  const latestStart = useRef(start);
  latestStart.current = start;

  // After the first render, which must be what the server rendered.
  useEffect(() => {
    const saved = readDraft<T>(key);
    setDraft({ ...latestStart.current, ...saved });
    setRestored(saved !== null);
  }, [key]);

  const change = useCallback((part: Partial<T>) => {
    setDraft((before) => {
      const next = { ...before, ...part };
      writeDraft(key, next);
      return next;
    });
  }, [key]);

  const forget = useCallback(() => localStorage.removeItem(place(key)), [key]);
  const reset = useCallback(() => {
    forget();
    setDraft(latestStart.current);
    setRestored(false);
  }, [forget]);
  return { draft, change, forget, reset, restored };
}

/** What an older version of Thaw kept, or somebody edited, may be no draft at all. */
function readDraft<T>(key: string): Partial<T> | null {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(place(key)) ?? 'null');
    return typeof saved === 'object' ? (saved as Partial<T> | null) : null;
  } catch {
    return null;
  }
}

function writeDraft(key: string, draft: object): void {
  try {
    localStorage.setItem(place(key), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing, or whose store is full, must not stop anybody from typing.
  }
}
