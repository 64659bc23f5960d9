'use client';

import type { DropdownMenu } from 'radix-ui';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { ClosedTrigger } from './closed-trigger';
import { cx } from './cx';
import { later, useLater } from './later';

const radix = later(() => import('./menu-parts').then((module) => module.DropdownMenu));
const near = () => void radix.load().catch(() => undefined);
/** What the items of an open menu are made of. */
const PartsContext = createContext<typeof DropdownMenu | null>(null);

export function Menu({ trigger, children, align = 'end', defaultOpen = false, onOpenChange }: { trigger: ReactNode; children: ReactNode; align?: 'start' | 'end'; defaultOpen?: boolean; onOpenChange?: (open: boolean) => void }) {
  const [asked, setAsked] = useState(defaultOpen);
  const parts = useLater(asked, radix, () => {
    setAsked(false);
    onOpenChange?.(false);
  });
  const ask = () => {
    setAsked(true);
    onOpenChange?.(true);
  };
  if (!parts) return <ClosedTrigger opens="menu" onOpen={ask} onNear={near}>{trigger}</ClosedTrigger>;
  return (
    <PartsContext value={parts}>
      <parts.Root modal={false} defaultOpen onOpenChange={onOpenChange}>
        <parts.Trigger asChild>{trigger}</parts.Trigger>
        <parts.Portal>
          <parts.Content align={align} sideOffset={4} collisionPadding={8} className="z-50 max-h-80 min-w-44 overflow-y-auto rounded-lg border bg-panel p-1 shadow-(--shadow)">
            {children}
          </parts.Content>
        </parts.Portal>
      </parts.Root>
    </PartsContext>
  );
}

const itemClass = 'flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-[13px] outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50 [&_svg]:size-3.5';

export function MenuItem({ danger = false, className, ...props }: DropdownMenu.DropdownMenuItemProps & { danger?: boolean }) {
  const parts = useContext(PartsContext);
  return parts && <parts.Item {...props} className={cx(itemClass, danger && 'text-danger', className)} />;
}

export function MenuSeparator() {
  const parts = useContext(PartsContext);
  return parts && <parts.Separator className="my-1 h-px bg-line" />;
}
