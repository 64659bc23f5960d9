'use client';

import { useCallback, useEffect, useState } from 'react';
import { emptyDraft, type LaunchDraft } from './launch-draft';

/** A draft that survives a reload and a failed launch; forgotten once its run is launched. */
export function useDraft(key: string, start: Partial<LaunchDraft>) {
  const [draft, setDraft] = useState<LaunchDraft>({ ...emptyDraft, ...start });
  const [restored, setRestored] = useState(false);

  useEffect(() => {
    const saved = sessionStorage.getItem(key);
    if (saved) setDraft({ ...emptyDraft, ...(JSON.parse(saved) as Partial<LaunchDraft>) });
    setRestored(saved !== null);
  }, [key]);

  const change = useCallback((part: Partial<LaunchDraft>) => {
    setDraft((before) => {
      const next = { ...before, ...part };
      sessionStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  }, [key]);

  const forget = useCallback(() => sessionStorage.removeItem(key), [key]);
  const reset = useCallback(() => {
    forget();
    setDraft({ ...emptyDraft, ...start });
    setRestored(false);
    // start is read when the person asks for it, not when it changes
     
  }, [forget]);
  return { draft, change, forget, reset, restored };
}
