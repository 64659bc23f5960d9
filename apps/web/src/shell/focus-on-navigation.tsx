'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

/**
 * The reader of the screen goes on where the new page begins, not in the navigation of the old one. Next.js says the
 * new page's title; a page that puts the focus somewhere itself is let alone.
 */
export function FocusOnNavigation() {
  const pathname = usePathname();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    const main = document.getElementById('main');
    if (main && !main.contains(document.activeElement) && !document.activeElement?.closest('[role=dialog]')) main.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}
