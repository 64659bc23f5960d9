'use client';

import { Tabs as Radix } from 'radix-ui';
import { useEffect, useRef, type ReactNode } from 'react';
import { PanelBoundary } from './panel-boundary';

interface TabsProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  tabs: readonly { value: Value; label: ReactNode }[];
  children: ReactNode;
}

export function Tabs<Value extends string>({ label, value, onChange, tabs, children }: TabsProps<Value>) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => bringIntoSight(strip.current!), [value]);
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)} className="flex min-w-0 flex-col gap-4">
      <div ref={strip} className="overflow-x-auto border-b">
        <Radix.List aria-label={label} className="flex w-max gap-1">
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.value} value={tab.value} className="-mb-px border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-muted -outline-offset-2! hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink">{tab.label}</Radix.Trigger>
          ))}
        </Radix.List>
      </div>
      {children}
    </Radix.Root>
  );
}

/** Only the strip moves: scrollIntoView would move the page, too. */
function bringIntoSight(strip: HTMLElement): void {
  const { left, right } = strip.getBoundingClientRect();
  const tab = strip.querySelector('[data-state=active]')?.getBoundingClientRect();
  if (tab && tab.right > right) strip.scrollLeft += tab.right - right;
  else if (tab && tab.left < left) strip.scrollLeft += tab.left - left;
}

export function TabPanel({ value, children }: { value: string; children: ReactNode }) {
  return <Radix.Content value={value} className="flex min-w-0 flex-col gap-4"><PanelBoundary>{children}</PanelBoundary></Radix.Content>;
}
