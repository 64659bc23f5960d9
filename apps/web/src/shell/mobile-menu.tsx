'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useReturnFocus } from '../ui/return-focus';

/** The sidebar over the page, where the window is narrow. */
export function MobileMenu({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const returnFocus = useReturnFocus(true);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content {...returnFocus} aria-describedby={undefined} className="fixed inset-y-0 left-0 z-50 w-64 overflow-y-auto border-r bg-sunken">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <Dialog.Close aria-label="Close menu" className="absolute top-3 right-3 rounded p-1 text-muted hover:bg-hover"><X aria-hidden className="size-4" /></Dialog.Close>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
