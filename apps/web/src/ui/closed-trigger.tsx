'use client';

import { Slot } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';

interface ClosedTriggerProps {
  opens: 'menu' | 'dialog';
  onOpen: () => void;
  /** Somebody may open it soon. */
  onNear: () => void;
  children: ReactNode;
}

/** What opens a menu or a popover, before the code of either is there. */
export function ClosedTrigger({ opens, onOpen, onNear, children }: ClosedTriggerProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (opens !== 'menu' || event.key !== 'ArrowDown') return;
    event.preventDefault();
    onOpen();
  };
  return <Slot.Root aria-haspopup={opens} aria-expanded={false} data-state="closed" onClick={onOpen} onKeyDown={onKeyDown} onPointerEnter={onNear} onFocus={onNear}>{children}</Slot.Root>;
}
