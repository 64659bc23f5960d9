'use client';

import { useRef } from 'react';

/** Where the focus was before each of the dialogs that are open, the last one first: one is opened out of another that closes. */
let openers: readonly HTMLElement[] = [];

/**
 * Where the focus was when a dialog or popover opened. Radix gives it back to its own trigger, and ours are opened by state, too:
 * by a key, a menu or a button elsewhere. byTrigger: it has one, which is right where the focus cannot go back.
 */
export function useReturnFocus(open: boolean, byTrigger = false): { onCloseAutoFocus: (event: Event) => void } {
  const wasOpen = useRef(false);
  const before = useRef<readonly HTMLElement[]>([]);
  // While rendering: an input with autoFocus takes the focus before any effect runs.
  if (open && !wasOpen.current && typeof document !== 'undefined') before.current = openers = [focusedOrTrigger(), ...openers];
  wasOpen.current = open;
  return {
    onCloseAutoFocus: (event) => {
      openers = openers.filter((opener) => opener !== before.current[0]);
      if (byTrigger && !canTake(before.current[0]!)) return;
      event.preventDefault();
      // Who clicked elsewhere has the focus there.
      if (document.activeElement !== document.body) return;
      const back = before.current.find(canTake) ?? document.getElementById('main');
      back?.focus({ preventScroll: true });
    },
  };
}

const canTake = (element: HTMLElement) => element.isConnected && element !== document.body;

/** A menu is gone by then: its button stands for it. */
function focusedOrTrigger(): HTMLElement {
  const focused = document.activeElement;
  const menu = focused?.closest('[role=menu]');
  const element = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : focused;
  return element instanceof HTMLElement ? element : document.body;
}
