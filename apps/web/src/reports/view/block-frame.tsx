'use client';

import { CombinedGraphQLErrors } from '@apollo/client';
import type { ReactNode } from 'react';
import { plural } from '../../format/numbers';
import { Callout, QueryError } from '../../ui/callout';
import { Skeleton } from '../../ui/panel';
import type { useBlockRuns } from './use-block-runs';

/** A live block among the text. */
export function BlockFrame({ title, label, children, note }: { title?: string; label: string; children: ReactNode; note?: ReactNode }) {
  return (
    <figure className="live-block" aria-label={title ?? label}>
      {title && <figcaption className="border-b px-3 py-2 text-[13px] font-semibold">{title}</figcaption>}
      {children}
      {note && <p className="px-3 pb-2 text-xs text-faint">{note}</p>}
    </figure>
  );
}

/** Why a block cannot be shown. The server refuses what parseBlock cannot judge: a search, a class of the dataset. */
export function BlockError({ error, retry }: { error: Error; retry: () => void }) {
  const refused = CombinedGraphQLErrors.is(error) && error.errors.every(({ extensions }) => extensions?.code === 'BAD_USER_INPUT');
  return refused ? <WrongBlock problems={error.errors.map(({ message }) => message)} /> : <QueryError error={error} retry={retry} />;
}

export function WrongBlock({ problems }: { problems: readonly string[] }) {
  return <Callout tone="warning" title="This live block cannot be shown"><ul className="list-none p-0">{problems.map((problem) => <li key={problem}>{problem}</li>)}</ul></Callout>;
}

/** The frame of a block about runs: it shows them when they are there, and says it when they are not. */
export function RunsFrame({ title, label, found, children }: { title?: string; label: string; found: ReturnType<typeof useBlockRuns>; children: ReactNode }) {
  const { runs, loaded, error, retry, missing } = found;
  const note = missing > 0 && runs.length > 0 ? `${plural(missing, 'run')} of this block ${missing === 1 ? 'is' : 'are'} deleted, or of another project.` : undefined;
  return (
    <BlockFrame title={title} label={label} note={note}>
      {error && !loaded ? <div className="p-3"><BlockError error={error} retry={retry} /></div>
        : !loaded ? <Skeleton rows={5} />
        : runs.length === 0 ? <p className="p-3 text-muted">{missing > 0 ? 'The runs of this block are deleted, or of another project.' : 'No run matches yet. Runs appear here as soon as some do.'}</p>
        : children}
    </BlockFrame>
  );
}
