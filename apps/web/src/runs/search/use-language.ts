'use client';

import { useEffect, useState } from 'react';

const load = () => import('./language');
export type SearchLanguage = Awaited<ReturnType<typeof load>>;

let loaded: SearchLanguage | null = null;

/** The search language, read when somebody searches: the page without a search does without it. */
export function useLanguage(wanted: boolean): SearchLanguage | null {
  const [language, setLanguage] = useState<SearchLanguage | null>(null);
  useEffect(() => {
    if (!wanted || language) return;
    let current = true;
    load().then((found) => {
      loaded = found;
      if (current) setLanguage(found);
    }, () => undefined);
    return () => {
      current = false;
    };
  }, [wanted, language]);
  return wanted ? (language ?? loaded) : null;
}
