'use client';

import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { cx } from './cx';
import { inputClass } from './fields';

export interface ComboboxOption {
  value: string;
  /** default: the value */
  label?: string;
  /** a quieter word at the right, such as how many */
  hint?: ReactNode;
  /** options of a group stand together under its name */
  group?: string;
}

interface ListProps {
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
    <Popover.Root open={open} onOpenChange={toggle}>
      <Popover.Trigger asChild disabled={disabled}>{trigger ?? <ChosenButton id={id} label={list.label} className={className} text={chosenText(chosen, list.options)} placeholder={list.placeholder} />}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align={align} sideOffset={4} collisionPadding={8} aria-label={list.label}
          className="z-50 w-[max(var(--radix-popover-trigger-width),18rem)] max-w-[calc(100vw-1rem)] overflow-hidden rounded-lg border bg-panel shadow-(--shadow)">
          <OptionList {...list} chosen={chosen} multiple={multiple} onPick={(value) => onPick(value, () => setOpen(false))} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ChosenButton({ label, text, placeholder = 'Choose…', className, ...props }: { label: string; text: string; placeholder?: string; className?: string; id?: string }) {
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

/** The field to type in with the options below, for use in a popover or a dialog of one's own. */
export function OptionList({ label, options, onSearch, loading = false, error, placeholder = 'Type to search', none, footer, chosen, multiple = false, onPick }: ListProps & { chosen: readonly string[]; multiple?: boolean; onPick: (value: string) => void }) {
  const [typed, setTyped] = useState('');
  const search = (text: string) => {
    setTyped(text);
    onSearch?.(text);
  };
  return (
    <Command label={label} shouldFilter={!onSearch} loop defaultValue={chosen[0]}>
      <Command.Input value={typed} onValueChange={search} placeholder={placeholder} className="h-9 w-full border-b bg-transparent px-3 text-[13px] outline-none" />
      <Command.List label={label} aria-multiselectable={multiple || undefined} className="max-h-72 overflow-y-auto p-1">
        {loading && options.length === 0 && <Command.Loading><p className="px-2 py-1.5 text-muted">Searching…</p></Command.Loading>}
        {error && <p role="alert" className="px-2 py-1.5 text-danger">{error}</p>}
        {!loading && !error && <Command.Empty className="px-2 py-1.5 text-muted">{none ? none(typed) : typed ? `Nothing matches “${typed}”.` : 'There is nothing to choose.'}</Command.Empty>}
        {grouped(options).map(([group, members]) => (
          <Command.Group key={group} heading={group || undefined} className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint">
            {members.map((option) => <Option key={option.value} option={option} chosen={chosen.includes(option.value)} onPick={onPick} />)}
          </Command.Group>
        ))}
      </Command.List>
      {footer && <div className="border-t px-3 py-1.5 text-xs text-faint">{footer}</div>}
    </Command>
  );
}

function Option({ option, chosen, onPick }: { option: ComboboxOption; chosen: boolean; onPick: (value: string) => void }) {
  return (
    <Command.Item value={option.value} keywords={option.label ? [option.label] : undefined} onSelect={() => onPick(option.value)}
      className="flex items-center gap-2 rounded-md px-2 py-1.5 text-[13px] select-none data-[selected=true]:bg-hover">
      <Check aria-hidden className={cx('size-3.5 shrink-0', !chosen && 'opacity-0')} />
      <span className="min-w-0 flex-1 break-words">{option.label ?? option.value}{chosen && <span className="sr-only">, chosen</span>}</span>
      {option.hint !== undefined && <span className="num shrink-0 text-xs text-faint">{option.hint}</span>}
    </Command.Item>
  );
}

function grouped(options: readonly ComboboxOption[]): [string, ComboboxOption[]][] {
  const groups = new Map<string, ComboboxOption[]>();
  for (const option of options) groups.set(option.group ?? '', [...(groups.get(option.group ?? '') ?? []), option]);
  return [...groups];
}
