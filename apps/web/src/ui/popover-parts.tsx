'use client';

import { Popover } from 'radix-ui';
import { useReturnFocus } from './return-focus';

/** One part of the pages' code, loaded when the first popover is opened. */
export const { Root, Trigger } = Popover;

export function Content({ open, ...props }: Popover.PopoverContentProps & { open: boolean }) {
  const returnFocus = useReturnFocus(open, true);
  return <Popover.Portal><Popover.Content {...returnFocus} {...props} /></Popover.Portal>;
}
