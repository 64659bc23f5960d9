'use client';

import { useApolloClient } from '@apollo/client/react';
import { ChevronDown, ChevronUp, Clock, Copy, Download, Search, WrapText, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { formatCount, plural } from '../format/numbers';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { download, fileName } from '../ui/download';
import { SelectInput, TextInput } from '../ui/fields';
import { useNotify } from '../ui/notices';
import type { Claim } from './claim-title';
import { collectLog } from './collect-log';
import { asText } from './as-text';
import { logSource } from './log-source';
import type { Line, LogFilter } from './log-window';
import type { Shown } from './shown';

interface LogToolbarProps {
  run: { id: string; name: string };
  claims: readonly Claim[];
  lines: readonly Line[];
  filter: LogFilter;
  shown: Shown;
  onChange: (part: Partial<Shown>) => void;
  search: string;
  onSearch: (text: string) => void;
  matches: { total: number | null; at: number | null; error: Error | null; go: (step: 1 | -1) => Promise<void> };
}

const typingPauseMs = 250;

export function LogToolbar({ run, claims, lines, filter, shown, onChange, search, onSearch, matches }: LogToolbarProps) {
  const notify = useNotify();
  const copy = async () => {
    const copied = await copyText(asText(lines, { claims, times: shown.times }));
    if (!copied) return notify('This browser does not let pages copy. Download the log instead.', 'danger');
    notify(`${plural(lines.length, 'loaded line')} copied. Download has the whole log.`);
  };
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2">
      <SearchField search={search} onSearch={onSearch} matches={matches} />
      {search !== '' && <label className="flex items-center gap-1.5 text-xs"><input type="checkbox" checked={shown.onlyMatches} onChange={(event) => onChange({ onlyMatches: event.target.checked })} className="accent-(--accent)" />Only matches</label>}
      <span className="flex flex-wrap items-center gap-1 sm:ml-auto">
        <SelectInput aria-label="Output" value={shown.stream ?? ''} onChange={(event) => onChange({ stream: (event.target.value || null) as Shown['stream'] })} className="h-7! w-28! text-xs!">
          <option value="">All output</option><option value="STDOUT">stdout</option><option value="STDERR">stderr</option>
        </SelectInput>
        <Toggle label="Times" on={shown.times} onToggle={() => onChange({ times: !shown.times })}><Clock aria-hidden /></Toggle>
        <Toggle label="Wrap" on={shown.wrap} onToggle={() => onChange({ wrap: !shown.wrap })}><WrapText aria-hidden /></Toggle>
        <Button variant="ghost" size="sm" disabled={lines.length === 0} title="Copy the loaded lines" onClick={() => void copy()}><Copy aria-hidden />Copy</Button>
        <DownloadLog run={run} claims={claims} filter={filter} times={shown.times} />
      </span>
    </div>
  );
}

function Toggle({ label, on, onToggle, children }: { label: string; on: boolean; onToggle: () => void; children: ReactNode }) {
  return <Button variant="ghost" size="sm" aria-pressed={on} onClick={onToggle} className={on ? 'bg-accent-soft! text-accent!' : undefined}>{children}{label}</Button>;
}

/** Enter goes on to the next match, Shift+Enter back. */
function SearchField({ search, onSearch, matches: { total, at, error, go } }: Pick<LogToolbarProps, 'search' | 'onSearch' | 'matches'>) {
  const [typed, setTyped] = useState(search);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setTyped(search), [search]);
  useEffect(() => {
    if (typed === search) return;
    const timer = setTimeout(() => onSearch(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, search, onSearch]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onSearch('');
    else if (event.key !== 'Enter') return;
    else if (typed !== search) onSearch(typed);
    else void go(event.shiftKey ? -1 : 1);
    event.preventDefault();
  };
  const none = !total;
  return (
    <span className="flex w-full items-center gap-1 sm:w-auto">
      <span className="relative flex-1 sm:w-64">
        <Search aria-hidden className="absolute top-1.5 left-2 size-4 text-faint" />
        <TextInput ref={input} data-page-search type="search" aria-label="Search the log" placeholder="Search the log" value={typed} onChange={(event) => setTyped(event.target.value)} onKeyDown={onKeyDown} className="h-7! pl-7.5 text-xs! [&::-webkit-search-cancel-button]:hidden" />
        {typed !== '' && <button type="button" aria-label="Clear the search" onClick={() => { onSearch(''); setTyped(''); input.current?.focus(); }} className="absolute top-1 right-1 rounded p-0.5 text-muted hover:text-ink"><X aria-hidden className="size-4" /></button>}
      </span>
      <span role="status" className="num min-w-16 text-xs whitespace-nowrap text-muted">
        {search === '' ? '' : error ? <span className="text-danger">Search failed</span> : total === null ? 'Searching …' : none ? 'No match' : `${formatCount(at! + 1)} of ${formatCount(total)}`}
      </span>
      {search !== '' && (
        <>
          <Button variant="ghost" size="icon" aria-label="Previous match" title="Previous match (Shift+Enter)" disabled={none} onClick={() => void go(-1)}><ChevronUp aria-hidden /></Button>
          <Button variant="ghost" size="icon" aria-label="Next match" title="Next match (Enter)" disabled={none} onClick={() => void go(1)}><ChevronDown aria-hidden /></Button>
        </>
      )}
    </span>
  );
}

function DownloadLog({ run, claims, filter, times }: Pick<LogToolbarProps, 'run' | 'claims' | 'filter'> & { times: boolean }) {
  const client = useApolloClient();
  const notify = useNotify();
  const [collected, setCollected] = useState<number | null>(null);
  const underWay = useRef<AbortController>(null);
  useEffect(() => () => underWay.current?.abort(), []);

  const start = async () => {
    const controller = (underWay.current = new AbortController());
    setCollected(0);
    try {
      const lines = await collectLog(logSource(client, run.id), { filter, signal: controller.signal, onProgress: setCollected });
      download(asText(lines, { claims, times }), `${fileName(run.name)}.log`);
    } catch (error) {
      if (!controller.signal.aborted) notify(`The log could not be read: ${(error as Error).message}`, 'danger');
    } finally {
      setCollected(null);
    }
  };
  if (collected !== null) return <Button variant="ghost" size="sm" onClick={() => underWay.current?.abort()}><X aria-hidden />Stop at {formatCount(collected)}</Button>;
  return <Button variant="ghost" size="sm" title="Download as text" onClick={() => void start()}><Download aria-hidden />Download</Button>;
}
