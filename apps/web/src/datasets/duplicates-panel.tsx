'use client';

import { useQuery } from '@apollo/client/react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { DatasetDuplicatesDocument, type DatasetDuplicatesQuery, type DuplicateKind } from '../generated/graphql';
import { formatCount } from '../format/numbers';
import { useProject } from '../shell/project-context';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { SelectInput } from '../ui/fields';
import { Panel, Skeleton } from '../ui/panel';
import { PictureCard } from './picture-card';
import type { Version } from './version-table';

const page = 12;

const kinds = { ALL: 'All pairs', LEAK: 'Between training and validation', WITHIN_SPLIT: 'Within a split', CONFLICT: 'The same bytes in two classes' } as const;
type Kind = keyof typeof kinds;

/** Which pairs are shown, in the page's address, so that a finding can show its own. */
export const usePairKind = () => useQueryState('pairs', parseAsStringLiteral(Object.keys(kinds) as Kind[]).withOptions({ history: 'replace' }));

/** Pairs of alike pictures side by side, leaks first to be looked for. */
export function DuplicatesPanel({ name, version }: { name: string; version: Version }) {
  const counts = version.duplicateCounts;
  const [chosen, choose] = usePairKind();
  if (!counts) return <Panel title="Duplicates"><p role="status" className="text-muted">The pictures of this version are being compared. Come back in a while.</p></Panel>;
  const { exact, near, leaks, conflicts } = counts;
  if (exact + near === 0) return <Panel title="Duplicates"><p className="text-muted">No two pictures are the same or nearly so.</p></Panel>;
  const count = { ALL: exact + near, LEAK: leaks, WITHIN_SPLIT: exact + near - leaks, CONFLICT: conflicts };
  const kind = chosen ?? (leaks > 0 ? 'LEAK' : 'ALL');
  return (
    <Panel title={`Duplicates (${formatCount(exact)} exact, ${formatCount(near)} near, ${formatCount(leaks)} from training to validation)`} actions={
      <SelectInput aria-label="Pairs" value={kind} onChange={(event) => void choose(event.target.value as Kind)} className="h-7! w-64! max-w-full text-xs!">
        {(Object.keys(kinds) as Kind[]).map((each) => <option key={each} value={each}>{kinds[each]} ({formatCount(count[each])})</option>)}
      </SelectInput>
    }>
      <Pairs key={`${version.version}/${kind}`} name={name} version={version.version} kind={kind === 'ALL' ? null : kind} />
    </Panel>
  );
}

function Pairs({ name, version, kind }: { name: string; version: number; kind: DuplicateKind | null }) {
  const project = useProject();
  // Cursors of the pages before this one, so that going back needs no count.
  const [trail, setTrail] = useState<(string | null)[]>([null]);
  const { data, previousData, error, refetch } = useQuery(DatasetDuplicatesDocument, { variables: { name, project, version, kind, first: page, after: trail.at(-1) } });
  const pairs = (data ?? previousData)?.dataset?.version?.duplicates;
  if (error) return <QueryError error={error} retry={() => void refetch()} />;
  if (!pairs) return <Skeleton rows={3} />;
  const from = (trail.length - 1) * page;
  return (
    <>
      <ul className="flex flex-wrap gap-3">
        {pairs.nodes.map((pair) => (
          <li key={`${pair.first.id} ${pair.second.id}`} className="rounded-md border p-2">
            <div className="flex gap-2"><PictureCard picture={pair.first} /><PictureCard picture={pair.second} /></div>
            <Likeness pair={pair} />
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

type Pair = NonNullable<NonNullable<DatasetDuplicatesQuery['dataset']>['version']>['duplicates']['nodes'][number];

function Likeness({ pair: { exact, distance, leaks, first, second } }: { pair: Pair }) {
  return (
    <p className="mt-1 max-w-58 text-xs text-muted">
      {!exact ? `Nearly the same (${distance} of 64 bits differ)` : first.label === second.label ? 'The same bytes' : <span className="text-warning">The same picture under two classes: {first.label} and {second.label}</span>}
      {leaks && <span className="text-warning"> · in training and validation</span>}
    </p>
  );
}
