'use client';

import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ComboboxOption, ListProps } from './combobox';
import { cx } from './cx';
import { useTypedAhead } from './typed-ahead';

/** The field to type in with the options below, for use in a popover or a dialog of one's own. */
export function OptionList({ label, options, onSearch, loading = false, error, placeholder = 'Type to search', none, footer, chosen, multiple = false, onPick }: ListProps & { chosen: readonly string[]; multiple?: boolean; onPick: (value: string) => void }) {
  const [typed, setTyped] = useState('');
  const search = (text: string) => {
    setTyped(text);
    onSearch?.(text);
  };
  const field = useRef<HTMLInputElement>(null);
  useTypedAhead(field, search);
  return (
    <Command label={label} shouldFilter={!onSearch} loop defaultValue={chosen[0]}>
      <Command.Input ref={field} value={typed} onValueChange={search} placeholder={placeholder} className="h-9 w-full border-b bg-transparent px-3 text-[13px] outline-none" />
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
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
        {/* Half of the width is the label's: a hint that needs more than the rest stands below. */}
        <span className="min-w-0 grow basis-1/2 break-words">{option.label ?? option.value}{chosen && <span className="sr-only">, chosen</span>}</span>
        {option.hint !== undefined && <span className="num max-w-full text-xs text-faint">{option.hint}</span>}
      </span>
    </Command.Item>
  );
}

function grouped(options: readonly ComboboxOption[]): [string, ComboboxOption[]][] {
  const groups = new Map<string, ComboboxOption[]>();
  for (const option of options) groups.set(option.group ?? '', [...(groups.get(option.group ?? '') ?? []), option]);
  return [...groups];
}
