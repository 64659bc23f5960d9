'use client';

import { useState, type ReactNode } from 'react';
import { ClosedTrigger } from './closed-trigger';
import { cx } from './cx';
import { later, useLater } from './later';
import { gatherTyping, stopGathering } from './typed-ahead';

const radix = later(() => import('./popover-parts'));
const near = () => void radix.load().catch(() => undefined);

interface PopoverProps {
  /** A button; it is disabled by itself. */
  trigger: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  align?: 'start' | 'end';
  className?: string;
  /** A list with a field to type in: what is typed until it is there lands in it. */
  typing?: boolean;
  children: ReactNode;
}

export function Popover({ trigger, open, onOpenChange, label, align = 'start', className, typing = false, children }: PopoverProps) {
  const [asked, setAsked] = useState(open);
  const parts = useLater(asked, radix, () => {
    setAsked(false);
    change(false);
  });
  const change = (next: boolean) => {
    if (next && typing) gatherTyping(() => change(false));
    else stopGathering();
    onOpenChange(next);
  };
  const ask = () => {
    setAsked(true);
    change(true);
  };
  if (!parts) return <ClosedTrigger opens="dialog" onOpen={ask} onNear={near}>{trigger}</ClosedTrigger>;
  return (
    <parts.Root open={open} onOpenChange={change}>
      <parts.Trigger asChild>{trigger}</parts.Trigger>
      <parts.Content open={open} align={align} sideOffset={4} collisionPadding={8} aria-label={label} className={cx('z-50 rounded-lg border bg-panel shadow-(--shadow)', className)}>{children}</parts.Content>
    </parts.Root>
  );
}
