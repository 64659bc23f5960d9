'use client';

import { ChevronsUpDown } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState, type ReactNode } from 'react';
import { cx } from './cx';
import { inputClass } from './fields';
import { Popover } from './popover';

// Nobody needs it before something is to be chosen.
const OptionList = dynamic(() => import('./option-list').then((module) => module.OptionList), { ssr: false, loading: () => <p className="px-3 py-2 text-muted">Reading …</p> });

export interface ComboboxOption {
  value: string;
  /** default: the value */
  label?: string;
  /** a quieter word at the right, such as how many */
  hint?: ReactNode;
  /** options of a group stand together under its name */
  group?: string;
}

export interface ListProps {
  /** what is chosen here, for screen readers */
  label: string;
  options: readonly ComboboxOption[];
  /** Given: options are found elsewhere (a query) for the typed text. Left out: the options are filtered here. */
  onSearch?: (typed: string) => void;
  loading?: boolean;
  error?: string | null;
  placeholder?: string;
  /** what is said when nothing is found */
  none?: (typed: string) => ReactNode;
  /** below the list, such as how many more there are */
  footer?: ReactNode;
}

interface Opening extends ListProps {
  disabled?: boolean;
  id?: string;
  /** of the button */
  className?: string;
  /** instead of the button that shows what is chosen; gets the popover's props */
  trigger?: ReactNode;
  align?: 'start' | 'end';
}

/** One of many options, found by typing. */
export function Combobox({ value, onChange, ...props }: Opening & { value: string | null; onChange: (value: string) => void }) {
  const chosen = value === null ? [] : [value];
  return <Opened {...props} chosen={chosen} onPick={(picked, close) => { onChange(picked); close(); }} />;
}

/** Several of many options: the list stays open while they are ticked. */
export function MultiCombobox({ values, onChange, ...props }: Opening & { values: readonly string[]; onChange: (values: string[]) => void }) {
  const toggle = (picked: string) => onChange(values.includes(picked) ? values.filter((value) => value !== picked) : [...values, picked]);
  return <Opened {...props} chosen={values} multiple onPick={toggle} />;
}

interface Picking { chosen: readonly string[]; multiple?: boolean; onPick: (value: string, close: () => void) => void }

function Opened({ disabled, id, className, trigger, align = 'start', chosen, multiple, onPick, ...list }: Opening & Picking) {
  const [open, setOpen] = useState(false);
  const toggle = (next: boolean) => {
    setOpen(next);
    if (next) list.onSearch?.('');
  };
  return (
    <Popover typing open={open} onOpenChange={toggle} align={align} label={list.label} className="w-[max(var(--radix-popover-trigger-width),18rem)] max-w-[calc(100vw-1rem)] overflow-hidden"
      trigger={trigger ?? <ChosenButton id={id} disabled={disabled} label={list.label} className={className} text={chosenText(chosen, list.options)} placeholder={list.placeholder} />}>
      <OptionList {...list} chosen={chosen} multiple={multiple} onPick={(value) => onPick(value, () => setOpen(false))} />
    </Popover>
  );
}

function ChosenButton({ label, text, placeholder = 'Choose…', className, ...props }: { label: string; text: string; placeholder?: string; className?: string; id?: string; disabled?: boolean }) {
  return (
    <button type="button" {...props} aria-label={text ? `${label}: ${text}` : label} className={cx(inputClass, 'inline-flex items-center gap-1.5 text-left', className)}>
      <span className={cx('min-w-0 flex-1 truncate', !text && 'text-faint')}>{text || placeholder}</span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
    </button>
  );
}

function chosenText(chosen: readonly string[], options: readonly ComboboxOption[]): string {
  if (chosen.length > 2) return `${chosen.length} chosen`;
  return chosen.map((value) => options.find((option) => option.value === value)?.label ?? value).join(', ');
}
