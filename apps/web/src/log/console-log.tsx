'use client';

import { useState } from 'react';
import { QueryError } from '../ui/callout';
import { Skeleton } from '../ui/panel';
import type { Claim } from './claim-title';
import { LogList } from './log-list';
import { LogToolbar } from './log-toolbar';
import { noFilter, useShown } from './shown';
import { useLog } from './use-log';
import { useMatches } from './use-matches';

interface ConsoleLogProps {
  run: { id: string; name: string; kind: string; live: boolean };
  /** who printed what, for runs that trainers run */
  claims: readonly Claim[];
}

/** What the run printed, from its end backwards, growing while it prints. */
export function ConsoleLog({ run, claims }: ConsoleLogProps) {
  const [shown, change] = useShown();
  const [search, setSearch] = useState('');
  const filter = { stream: shown.stream, contains: shown.onlyMatches ? search : '' };
  const { reader, state } = useLog({ runId: run.id, live: run.live, filter });
  const matches = useMatches({ runId: run.id, reader, filter: { stream: shown.stream, contains: search } });
  const { window, loaded, error, reading } = state;
  const filtered = filter.contains !== '' || filter.stream !== null;

  return (
    <section aria-label="Console log" className="min-w-0 overflow-hidden rounded-lg border bg-panel">
      <LogToolbar run={run} claims={claims} lines={window.lines} filter={filter} shown={shown} onChange={change} search={search} onSearch={setSearch} matches={matches} />
      {error && <div className="p-3"><QueryError error={error} retry={() => void reader.showEnd()} /></div>}
      {!loaded ? <Skeleton rows={8} /> : window.lines.length > 0 ? (
        <LogList reader={reader} state={state} claims={claims} live={run.live} needle={search} match={matches.line} shown={shown} />
      ) : !error && (
        <div className="grid min-h-40 place-items-center px-4 py-8 text-center text-muted">
          {reading === 'anew' ? 'Reading …' : filtered ? <span>No line passes. <button type="button" className="text-accent underline" onClick={() => { change(noFilter); setSearch(''); }}>Show every line</button></span> : emptyText(run)}
        </div>
      )}
    </section>
  );
}

const emptyText = ({ kind, live }: ConsoleLogProps['run']) =>
  kind === 'EXTERNAL' ? (live ? 'This script has sent no console output so far. What it sends with appendLog appears here at once.' : 'The script sent no console output.')
  : live ? 'Nothing has been printed yet. What the trainer prints for this run appears here at once.' : 'This run printed nothing.';
