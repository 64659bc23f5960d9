'use client';

import { ListFilter, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button';
import { Popover } from '../../ui/popover';
import { focusSearch } from './focus-search';
import { useLanguage } from './use-language';

const ConditionForm = dynamic(() => import('./condition-form').then((module) => module.ConditionForm), { ssr: false });

/** What the search asks for, a chip for each condition: to be taken away, or changed in a form. */
export function FilterChips({ value, onChange }: { value: string; onChange: (search: string) => void }) {
  const [isAdding, setAdding] = useState(false);
  const language = useLanguage(value !== '' || isAdding);
  const filter = language && value !== '' ? language.parseSearch(value).filter : null;
  const parts = language && filter ? language.partsOf(language.normaliseFilter(filter)) : [];
  const put = (index: number, search: string | null) => {
    const texts = parts.map((part) => (part.or ? `(${language!.formatSearch(part)})` : language!.formatSearch(part)));
    onChange([...texts.slice(0, index), ...(search === null ? [] : [search]), ...texts.slice(index + 1)].join(' and '));
  };
  return (
    <ul aria-label="Filters" className="contents">
      {language && parts.map((part, index) => {
        const text = language.formatSearch(part);
        return (
          <li key={text} className="inline-flex max-w-full items-center rounded-md border bg-sunken text-xs">
            <ConditionPopover key={text} trigger={<button type="button" aria-label={`Change the filter ${text}`} className="min-w-0 truncate px-2 py-1 hover:bg-hover">{text}</button>}>
              {(close) => <ConditionForm language={language} start={language.draftOf(part)} text={text} onDone={(search) => { close(); put(index, search); }} />}
            </ConditionPopover>
            <button type="button" aria-label={`Remove the filter ${text}`} onClick={() => { put(index, null); focusSearch(); }} className="grid min-h-6 min-w-6 place-items-center border-l text-muted hover:bg-hover hover:text-ink"><X aria-hidden className="size-3.5" /></button>
          </li>
        );
      })}
      <li className="inline-flex">
        <ConditionPopover onOpen={() => setAdding(true)} trigger={<Button size="sm"><ListFilter aria-hidden />Filter</Button>}>
          {(close) => (language ? <ConditionForm language={language} start={{ subject: 'status', key: '', stat: 'LAST', operator: '=', value: '' }} text="" onDone={(search) => { close(); put(parts.length, search); }} /> : <p>Reading …</p>)}
        </ConditionPopover>
      </li>
    </ul>
  );
}

function ConditionPopover({ trigger, onOpen, children }: { trigger: ReactNode; onOpen?: () => void; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={(next) => { setOpen(next); if (next) onOpen?.(); }} label="Filter" className="w-80 max-w-[calc(100vw-1rem)] p-3" trigger={trigger}>
      {children(() => setOpen(false))}
    </Popover>
  );
}
