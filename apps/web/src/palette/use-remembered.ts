'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { rememberPage } from './recent-pages';

/** What is looked at long enough to get its title: /p/PROJECT/SECTION/ONE, but no form for a new one. */
const onePage = /^\/p\/[^/]+\/[^/]+\/(?!new$)[^/]+$/;
const lookMs = 1500;

/** Remembers the single things that are looked at, for the command palette. */
export function useRemembered(project: string): void {
  const pathname = usePathname();
  useEffect(() => {
    if (!onePage.test(pathname)) return;
    const timer = setTimeout(() => rememberPage(project, { href: pathname, title: document.title.split(' · ')[0]! }), lookMs);
    return () => clearTimeout(timer);
  }, [project, pathname]);
}
