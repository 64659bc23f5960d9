'use client';

import { useQuery } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { DatasetVersionChangesDocument, type DatasetVersionChangesQuery } from '../generated/graphql';
import { formatCount, plural } from '../format/numbers';
import { useProject } from '../shell/project-context';
import { QueryError } from '../ui/callout';
import { SelectInput } from '../ui/fields';
import { Panel, Skeleton } from '../ui/panel';
import { PictureCard } from './picture-card';
import type { Version } from './version-table';

/** What differs from the version it was made from, or from any other. */
export function ChangesPanel({ name, version, versions }: { name: string; version: Version; versions: readonly Version[] }) {
  const project = useProject();
  const others = versions.filter((each) => each.version !== version.version);
  const [chosen, setChosen] = useState<number | null>(null);
  const against = chosen ?? version.parent?.version ?? others[0]?.version ?? null;
  const { data, error, refetch } = useQuery(DatasetVersionChangesDocument, { variables: { name, project, version: version.version, against }, skip: against === null });
  if (against === null) return null;
  const changes = data?.dataset?.version?.changes;
  return (
    <Panel title="What changed" actions={
      <SelectInput aria-label="Compared with" value={against} onChange={(event) => setChosen(Number(event.target.value))} className="h-7! w-44! text-xs!">
        {others.map((each) => <option key={each.version} value={each.version}>since version {each.version}</option>)}
      </SelectInput>
    }>
      {error ? <QueryError error={error} retry={() => void refetch()} /> : changes ? <Changes changes={changes} /> : <Skeleton rows={3} />}
    </Panel>
  );
}

type Found = NonNullable<NonNullable<NonNullable<DatasetVersionChangesQuery['dataset']>['version']>['changes']>;

function Changes({ changes }: { changes: Found }) {
  const { classesAdded, classesRemoved, added, removed, unchanged } = changes;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">{plural(unchanged, 'picture')} unchanged.{classesAdded.length > 0 && ` New classes: ${classesAdded.join(', ')}.`}{classesRemoved.length > 0 && ` Classes gone: ${classesRemoved.join(', ')}.`}</p>
      <Kind title="Added" count={added.totalCount}>{added.nodes.map((picture) => <PictureCard key={picture.id} picture={picture} />)}</Kind>
      <Kind title="Removed" count={removed.totalCount}>{removed.nodes.map((picture) => <PictureCard key={picture.id} picture={picture} />)}</Kind>
      {(['replaced', 'renamed', 'relabelled', 'moved'] as const).map((kind) => (
        <Kind key={kind} title={titles[kind]} count={changes[kind].totalCount}>
          {changes[kind].nodes.map(({ before, after }) => (
            <div key={after.id} className="flex items-center gap-1.5 rounded-md border p-1.5"><PictureCard picture={before} /><span aria-label="became">→</span><PictureCard picture={after} /></div>
          ))}
        </Kind>
      ))}
    </div>
  );
}

const titles = { replaced: 'Replaced', renamed: 'Renamed', relabelled: 'In another class', moved: 'In the other split' };

function Kind({ title, count, children }: { title: string; count: number; children: ReactNode[] }) {
  if (count === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-xs font-semibold">{title} ({formatCount(count)})</h3>
      <div className="flex flex-wrap gap-2">{children}</div>
      {count > children.length && <p className="mt-1 text-xs text-faint">The first {children.length}; <code>thaw dataset changes</code> lists more.</p>}
    </section>
  );
}
