'use client';

import { useRef } from 'react';

/**
 * Where the focus was when a dialog opened. Radix gives it back to a dialog's own trigger, and ours are opened by state:
 * by a key, a menu or a button elsewhere.
 */
export function useReturnFocus(open: boolean): { onCloseAutoFocus: (event: Event) => void } {
  const wasOpen = useRef(false);
  const before = useRef<HTMLElement | null>(null);
  // While rendering: an input with autoFocus takes the focus before any effect runs.
  if (open && !wasOpen.current && typeof document !== 'undefined') before.current = focusedOrTrigger();
  wasOpen.current = open;
  return {
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      if (before.current?.isConnected) before.current.focus();
    },
  };
}

/** A menu is gone by then: its button stands for it. */
function focusedOrTrigger(): HTMLElement | null {
  const focused = document.activeElement;
  const menu = focused?.closest('[role=menu]');
  const element = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : focused;
  return element instanceof HTMLElement ? element : null;
}
