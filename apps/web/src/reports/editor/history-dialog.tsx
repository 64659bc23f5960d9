'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { ReportHistoryDocument, ReportVersionTextDocument } from '../../generated/graphql';
import { DateTime } from '../../format/time';
import { Button } from '../../ui/button';
import { Callout, QueryError } from '../../ui/callout';
import { cx } from '../../ui/cx';
import { Dialog } from '../../ui/dialog';
import { Skeleton } from '../../ui/panel';

interface HistoryProps { id: string; open: boolean; onOpenChange: (open: boolean) => void; onRestore: (version: number) => Promise<string | null> }

/** Earlier texts of a report; any of them can be its text again. */
export function HistoryDialog({ id, open, onOpenChange, onRestore }: HistoryProps) {
  return <Dialog open={open} onOpenChange={onOpenChange} title="History" description="What the report said before: one text of each five minutes of typing, the newest 50." wide>{open && <History id={id} onRestore={onRestore} onDone={() => onOpenChange(false)} />}</Dialog>;
}

function History({ id, onRestore, onDone }: { id: string; onRestore: HistoryProps['onRestore']; onDone: () => void }) {
  const { data, error, refetch } = useQuery(ReportHistoryDocument, { variables: { id }, fetchPolicy: 'network-only' });
  const [chosen, choose] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const history = data?.report?.history;
  const version = chosen ?? history?.[0]?.version ?? null;
  const { data: text } = useQuery(ReportVersionTextDocument, { variables: { id, version: version ?? 0 }, skip: version === null });
  const shown = text?.report?.historyVersion;
  if (!history) return error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />;
  if (version === null) return <p className="text-muted">There is no earlier text yet.</p>;
  const restore = async () => {
    const failed = await onRestore(version);
    setProblem(failed);
    if (failed === null) onDone();
  };
  return (
    <div className="flex flex-col gap-3">
      {problem && <Callout tone="danger" title="It was not brought back">{problem}</Callout>}
      <div className="grid gap-3 sm:grid-cols-[13rem_1fr]">
        <ul aria-label="Earlier texts" className="max-h-80 overflow-y-auto rounded-md border">
          {history.map((kept) => (
            <li key={kept.version}>
              <button type="button" aria-pressed={kept.version === version} onClick={() => choose(kept.version)} className={cx('w-full border-b px-3 py-1.5 text-left hover:bg-hover', kept.version === version && 'bg-hover font-medium')}>
                <span className="block text-xs"><DateTime at={kept.savedAt} /></span><span className="block truncate text-xs text-muted">{kept.title}</span>
              </button>
            </li>
          ))}
        </ul>
        <div className="flex min-w-0 flex-col gap-2">
          <pre tabIndex={0} aria-label="The text then" className="h-72 overflow-auto rounded-md border bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">{shown ? shown.body || '(empty)' : '…'}</pre>
          <Button variant="primary" className="self-end" disabled={!shown} onClick={() => void restore()}>Bring this text back</Button>
        </div>
      </div>
    </div>
  );
}
