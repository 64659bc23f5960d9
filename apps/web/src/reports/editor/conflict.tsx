'use client';

import { useState } from 'react';
import type { ReportTextFragment } from '../../generated/graphql';
import { TimeAgo } from '../../format/time';
import { Button } from '../../ui/button';
import { Callout } from '../../ui/callout';
import { markedLines } from './marked-lines';

interface ConflictProps { mine: { title: string; body: string }; theirs: ReportTextFragment; onMine: () => Promise<unknown>; onTheirs: () => Promise<unknown> }

/** Two texts of one report, and the choice between them. Neither is lost. */
export function Conflict({ mine, theirs, onMine, onTheirs }: ConflictProps) {
  const [busy, setBusy] = useState(false);
  const choose = (choice: () => Promise<unknown>) => {
    setBusy(true);
    void choice().finally(() => setBusy(false));
  };
  return (
    <section aria-label="Two versions of this report" className="flex flex-col gap-3 rounded-lg border border-danger p-3">
      <Callout tone="danger" title="Somebody else changed this report while you wrote">
        Choose one; the other goes into the history, from where it can be brought back. Lines that only one of them has are marked. You can also take what you need from the other text, go on writing below, and then keep yours.
      </Callout>
      <div className="grid gap-3 md:grid-cols-2">
        <Version heading="Yours" note="as it stands in this browser" text={mine} other={theirs} action={<Button variant="primary" size="sm" busy={busy} onClick={() => choose(onMine)}>Keep yours</Button>} />
        <Version heading="Theirs" note={<>saved <TimeAgo at={theirs.updatedAt} /></>} text={theirs} other={mine} action={<Button size="sm" busy={busy} onClick={() => choose(onTheirs)}>Take theirs</Button>} />
      </div>
    </section>
  );
}

interface VersionProps { heading: string; note: React.ReactNode; text: { title: string; body: string }; other: { title: string; body: string }; action: React.ReactNode }

function Version({ heading, note, text, other, action }: VersionProps) {
  return (
    <div className="flex min-w-0 flex-col rounded-md border">
      <header className="flex items-center gap-2 border-b bg-sunken px-3 py-1.5"><h2 className="font-semibold">{heading}</h2><span className="mr-auto text-xs text-muted">{note}</span>{action}</header>
      <p className="border-b px-3 py-1.5 font-medium">{text.title}</p>
      <pre tabIndex={0} aria-label={`${heading}, the text`} className="max-h-72 overflow-auto p-3 font-mono text-xs leading-relaxed whitespace-pre-wrap">
        {markedLines(text.body, other.body).map(({ line, own }, index) => <span key={index} className={own ? 'block min-h-[1lh] bg-warning-soft font-medium' : 'block min-h-[1lh]'}>{own && <span className="sr-only">only here: </span>}{line}</span>)}
      </pre>
    </div>
  );
}
