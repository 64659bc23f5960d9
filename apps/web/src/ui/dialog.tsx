'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useLayoutEffect, type ReactNode } from 'react';
import { cx } from './cx';
import { useReturnFocus } from './return-focus';
import { stopGathering } from './typed-ahead';

interface DialogProps { open: boolean; onOpenChange: (open: boolean) => void; title: string; description?: ReactNode; children: ReactNode; wide?: boolean }

export function Dialog({ open, onOpenChange, title, description, children, wide = false }: DialogProps) {
  const returnFocus = useReturnFocus(open);
  useLayoutEffect(() => {
    if (open) stopGathering();
  }, [open]);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content {...returnFocus} {...(description ? {} : { 'aria-describedby': undefined })}
          className={cx('fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl border bg-panel shadow-(--shadow)', wide ? 'max-w-2xl' : 'max-w-md')}>
          <header className="flex items-start gap-3 border-b px-4 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-sm font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>}
            </div>
            <Radix.Close aria-label="Close" className="rounded p-1 text-muted hover:bg-hover hover:text-ink"><X aria-hidden className="size-4" /></Radix.Close>
          </header>
          <div className="overflow-y-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
