'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { DatasetDuplicatesDocument } from '../generated/graphql';
import { formatCount } from '../format/numbers';
import { useProject } from '../shell/project-context';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { Panel, Skeleton } from '../ui/panel';
import { PictureCard } from './picture-card';
import type { Version } from './version-table';

const page = 12;

/** Pairs of alike pictures side by side, leaks first to be looked for. */
export function DuplicatesPanel({ name, version }: { name: string; version: Version }) {
  const counts = version.duplicateCounts;
  const [leaksOnly, setLeaksOnly] = useState((counts?.leaks ?? 0) > 0);
  if (!counts) return <Panel title="Duplicates"><p role="status" className="text-muted">The pictures of this version are being compared. Come back in a while.</p></Panel>;
  if (counts.exact + counts.near === 0) return <Panel title="Duplicates"><p className="text-muted">No two pictures are the same or nearly so.</p></Panel>;
  return (
    <Panel title={`Duplicates (${formatCount(counts.exact)} exact, ${formatCount(counts.near)} near, ${formatCount(counts.leaks)} from training to validation)`} actions={
      <label className="flex items-center gap-1.5 text-xs"><input type="checkbox" checked={leaksOnly} onChange={(event) => setLeaksOnly(event.target.checked)} />Only between training and validation</label>
    }>
      <Pairs key={`${version.version}/${leaksOnly}`} name={name} version={version.version} leaksOnly={leaksOnly} />
    </Panel>
  );
}

function Pairs({ name, version, leaksOnly }: { name: string; version: number; leaksOnly: boolean }) {
  const project = useProject();
  // Cursors of the pages before this one, so that going back needs no count.
  const [trail, setTrail] = useState<(string | null)[]>([null]);
  const { data, previousData, error } = useQuery(DatasetDuplicatesDocument, { variables: { name, project, version, leaksOnly, first: page, after: trail.at(-1) } });
  const pairs = (data ?? previousData)?.dataset?.version?.duplicates;
  if (error) return <QueryError error={error} />;
  if (!pairs) return <Skeleton rows={3} />;
  const from = (trail.length - 1) * page;
  return (
    <>
      <ul className="flex flex-wrap gap-3">
        {pairs.nodes.map(({ first, second, exact, distance, leaks }) => (
          <li key={`${first.id} ${second.id}`} className="rounded-md border p-2">
            <div className="flex gap-2"><PictureCard picture={first} /><PictureCard picture={second} /></div>
            <p className="mt-1 text-xs text-muted">{exact ? 'The same bytes' : `Nearly the same (${distance} of 64 bits differ)`}{leaks && <span className="text-warning"> · in training and validation</span>}</p>
          </li>
        ))}
      </ul>
      <div className="mt-3 flex items-center gap-2">
        <Button size="sm" disabled={trail.length === 1} onClick={() => setTrail(trail.slice(0, -1))}>Previous</Button>
        <Button size="sm" disabled={!pairs.pageInfo.hasNextPage} onClick={() => setTrail([...trail, pairs.pageInfo.endCursor ?? null])}>Next</Button>
        <span role="status" className="num text-xs text-faint">{pairs.totalCount === 0 ? 'None' : `${formatCount(from + 1)} – ${formatCount(from + pairs.nodes.length)} of ${formatCount(pairs.totalCount)}`}</span>
      </div>
    </>
  );
}
