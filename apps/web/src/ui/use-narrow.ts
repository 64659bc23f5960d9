'use client';

import { useSyncExternalStore } from 'react';

const query = '(max-width: 639px)';

function watch(changed: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}

/** Whether the window is as narrow as a phone. */
export const useNarrow = (): boolean => useSyncExternalStore(watch, () => window.matchMedia(query).matches, () => false);
