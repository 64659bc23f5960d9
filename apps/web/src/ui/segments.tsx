'use client';

import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; hint?: ReactNode }[];
}

/** A few choices side by side, one of them taken. */
export function Segments<Value extends string>({ label, value, onChange, options }: SegmentsProps<Value>) {
  return (
    <ToggleGroup.Root type="single" aria-label={label} value={value} onValueChange={(next) => next && onChange(next as Value)} className="flex w-fit max-w-full flex-wrap gap-0.5 rounded-lg border bg-sunken p-0.5">
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value} className="rounded-md px-2.5 py-1 text-xs font-medium text-muted hover:text-ink data-[state=on]:bg-panel data-[state=on]:text-ink data-[state=on]:shadow-sm data-[state=on]:ring-1 data-[state=on]:ring-(--line-strong)">
          {option.label}{option.hint !== undefined && <span className="num ml-1.5 font-normal text-muted">{option.hint}</span>}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
