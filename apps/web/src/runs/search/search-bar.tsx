'use client';

import { CircleAlert, Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { cx } from '../../ui/cx';
import { TextInput } from '../../ui/fields';
import { asSearch } from './plain-words';
import { useCompletions, type Completion } from './use-completions';
import { useLanguage } from './use-language';

/** Typing searches once it rests; a word that may become another one, such as the name of a metric, is given more time. */
const restMs = 60;
const wordRestMs = 500;

interface SearchBarProps { value: string; onChange: (search: string) => void }

/** The search of the runs table, with completion; what makes no sense is told where it stands, and not searched. */
export function SearchBar({ value, onChange }: SearchBarProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [cursor, setCursor] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const [isFocused, setFocused] = useState(false);
  const language = useLanguage(isFocused || value !== '');
  const { completions, from, to, isReading } = useCompletions(language, typed, isFocused ? cursor : null);
  const isOpen = completions.length > 0;
  const mayGrow = from < to && (isOpen || isReading);

  const search = language ? asSearch(typed, (text) => language.parseSearch(text).problems.length === 0) : typed.trim();
  const [problem] = language && search !== '' ? language.parseSearch(search).problems : [];
  const latest = useRef({ search, onChange });
  latest.current = { search, onChange };
  // What is written elsewhere (a chip, a view, Back) takes the place of what is typed here.
  useEffect(() => {
    if (value !== latest.current.search) setTyped(value);
  }, [value]);
  useEffect(() => {
    if (!language || search === value || problem) return;
    const timer = setTimeout(() => onChange(search), mayGrow ? wordRestMs : restMs);
    return () => clearTimeout(timer);
  }, [language, search, value, problem, mayGrow, onChange]);

  const pick = (completion: Completion) => {
    const rest = typed.slice(to);
    const space = completion.text.endsWith('.') || rest.startsWith(' ') ? '' : ' ';
    const next = `${typed.slice(0, from)}${completion.text}${space}`;
    setTyped(next + rest);
    setActive(-1);
    setCursor(next.length);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(next.length, next.length);
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && isOpen) setActive((active + step + completions.length + 1) % (completions.length + 1) === completions.length ? -1 : (active + step + completions.length + 1) % (completions.length + 1));
    else if ((event.key === 'Enter' || event.key === 'Tab') && isOpen && active >= 0) pick(completions[active]!);
    else if (event.key === 'Enter') {
      if (!problem) onChange(search);
      setCursor(null);
    } else if (event.key === 'Escape' && isOpen) setCursor(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const follow = () => setCursor(input.current?.selectionStart ?? null);

  return (
    <div className="relative w-full sm:w-96">
      <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-faint" />
      <TextInput ref={input} data-page-search role="combobox" aria-label="Search runs" aria-expanded={isOpen} aria-controls={`${id}-list`} aria-autocomplete="list" aria-activedescendant={active >= 0 && isOpen ? `${id}-${active}` : undefined}
        aria-invalid={problem !== undefined && !isOpen} aria-describedby={problem ? `${id}-problem` : undefined} placeholder="Name, or val/accuracy > 0.9 and tag:best" value={typed} className="pr-8 pl-8"
        onChange={(event) => { setTyped(event.target.value); setActive(-1); setCursor(event.target.selectionStart); }} onFocus={() => { setFocused(true); follow(); }} onBlur={() => { setFocused(false); setCursor(null); }} onClick={follow}
        onKeyUp={(event) => { if (/^(ArrowLeft|ArrowRight|Home|End)$/.test(event.key)) follow(); }} onKeyDown={onKeyDown} />
      <kbd aria-hidden className="absolute top-1.5 right-2 hidden rounded border bg-sunken px-1.5 font-mono text-xs text-faint sm:block">/</kbd>
      <ul id={`${id}-list`} role="listbox" aria-label="Completions" hidden={!isOpen} className="absolute top-9 right-0 left-0 z-40 max-h-72 overflow-y-auto rounded-lg border bg-panel p-1 shadow-(--shadow)">
        {completions.map((completion, index) => (
          // The press must not take the focus out of the input.
          <li key={`${completion.kind} ${completion.text}`} id={`${id}-${index}`} role="option" aria-selected={index === active} onMouseDown={(event) => { event.preventDefault(); pick(completion); }}
            className={cx('flex items-center gap-2 rounded-md px-2 py-1', index === active ? 'bg-hover' : 'hover:bg-hover')}>
            <span className="min-w-0 flex-1 truncate">{completion.label}</span><span className="shrink-0 text-xs text-muted">{completion.kind}</span>
          </li>
        ))}
      </ul>
      {problem && !isOpen && (
        <div id={`${id}-problem`} role="alert" className="mt-1 text-xs text-danger">
          <code className="block overflow-x-auto whitespace-pre text-ink">{search.slice(0, problem.column - 1)}<mark className="bg-danger-soft text-danger underline decoration-wavy">{search.slice(problem.column - 1, problem.column - 1 + problem.length) || '␣'}</mark>{search.slice(problem.column - 1 + problem.length)}</code>
          <span className="flex items-start gap-1"><CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />{problem.message}</span>
        </div>
      )}
    </div>
  );
}
