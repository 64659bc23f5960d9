'use client';

import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx';

export function Menu({ trigger, children, align = 'end', defaultOpen, onOpenChange }: { trigger: ReactNode; children: ReactNode; align?: 'start' | 'end'; defaultOpen?: boolean; onOpenChange?: (open: boolean) => void }) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={defaultOpen} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={4} collisionPadding={8} className="z-50 max-h-80 min-w-44 overflow-y-auto rounded-lg border bg-panel p-1 shadow-(--shadow)">
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const itemClass = 'flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-[13px] outline-none select-none data-[highlighted]:bg-hover data-[disabled]:opacity-50 [&_svg]:size-3.5';

export function MenuItem({ danger = false, className, ...props }: DropdownMenu.DropdownMenuItemProps & { danger?: boolean }) {
  return <DropdownMenu.Item {...props} className={cx(itemClass, danger && 'text-danger', className)} />;
}

export function MenuCheckboxItem({ children, ...props }: DropdownMenu.DropdownMenuCheckboxItemProps) {
  return (
    <DropdownMenu.CheckboxItem {...props} onSelect={(event) => event.preventDefault()} className={itemClass}>
      <span aria-hidden className="flex size-3.5 items-center justify-center rounded border border-line-strong text-[10px] leading-none">{props.checked ? '✓' : ''}</span>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export const MenuSeparator = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />;
