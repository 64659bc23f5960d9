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

type KeptFor = 'browser' | 'tab';

/**
 * What is typed into a form, kept in the browser until it is sent: it survives a reload, a failure and a closed tab.
 * The key names the form and what it is about, such as `launch:PROJECT:new`. keptFor `tab`: what holds a secret, such as
 * the address of a webhook, survives a reload and goes with the tab.
 */
export function useDraft<T extends object>(key: string, start: T, keptFor: KeptFor = 'browser'): Draft<T> {
  const [draft, setDraft] = useState(start);
  const [restored, setRestored] = useState(false);
  const latestStart = useRef(start);
  latestStart.current = start;

  // After the first render, which must be what the server rendered.
  useEffect(() => {
    const saved = readDraft<T>(key, keptFor);
    setDraft({ ...latestStart.current, ...saved });
    setRestored(saved !== null);
  }, [key, keptFor]);

  const change = useCallback((part: Partial<T>) => {
    setDraft((before) => {
      const next = { ...before, ...part };
      // As it was at the start there is nothing to keep, and nothing to say later of having kept it.
      if (JSON.stringify(next) === JSON.stringify(latestStart.current)) forgetDraft(key, keptFor);
      else writeDraft(key, next, keptFor);
      return next;
    });
  }, [key, keptFor]);

  const forget = useCallback(() => forgetDraft(key, keptFor), [key, keptFor]);
  const reset = useCallback(() => {
    forget();
    setDraft(latestStart.current);
    setRestored(false);
  }, [forget]);
  return { draft, change, forget, reset, restored };
}

const storeOf = (keptFor: KeptFor) => (keptFor === 'tab' ? sessionStorage : localStorage);

/** What an older version of Thaw kept, or somebody edited, may be no draft at all. */
function readDraft<T>(key: string, keptFor: KeptFor): Partial<T> | null {
  try {
    const saved: unknown = JSON.parse(storeOf(keptFor).getItem(place(key)) ?? 'null');
    return typeof saved === 'object' ? (saved as Partial<T> | null) : null;
  } catch {
    return null;
  }
}

// A browser that keeps nothing, or whose store is full, must not stop anybody from typing.
function writeDraft(key: string, draft: object, keptFor: KeptFor): void {
  try {
    storeOf(keptFor).setItem(place(key), JSON.stringify(draft));
  } catch {
    /* not kept */
  }
}

function forgetDraft(key: string, keptFor: KeptFor): void {
  try {
    storeOf(keptFor).removeItem(place(key));
  } catch {
    /* there is none */
  }
}
