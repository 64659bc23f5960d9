'use client';

import { SlidersHorizontal } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '../ui/button';
import { Popover } from '../ui/popover';
import { defaultOptions, type ChartOptions } from './chart-options';

// Nobody needs them before the button is pressed.
const SettingsFields = dynamic(() => import('./settings-fields').then((module) => module.SettingsFields), { ssr: false });

export interface SettingsProps {
  options: Partial<ChartOptions>;
  onChange: (changed: Partial<ChartOptions>) => void;
}

/** How charts are drawn, behind a button. */
export function ChartSettings(props: SettingsProps) {
  const options = { ...defaultOptions, ...props.options };
  const changed = Object.entries(options).filter(([name, value]) => value !== defaultOptions[name as keyof ChartOptions]).length;
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen} align="end" label="How charts are drawn" className="flex max-h-[80dvh] w-80 max-w-[calc(100vw-1rem)] flex-col gap-3 overflow-y-auto p-3"
      trigger={<Button size="sm" aria-label={`How charts are drawn${changed ? `, ${changed} changed` : ''}`}><SlidersHorizontal aria-hidden /><span className="hidden sm:inline">Settings</span>{changed > 0 && <span className="num rounded-full bg-accent px-1.5 text-accent-ink">{changed}</span>}</Button>}>
      <SettingsFields options={options} changed={changed} onChange={props.onChange} />
    </Popover>
  );
}
