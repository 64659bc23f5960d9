'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { DatasetPicturesDocument, type Split } from '../generated/graphql';
import { formatCount } from '../format/numbers';
import { useProject } from '../shell/project-context';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { SelectInput } from '../ui/fields';
import { Panel, Skeleton } from '../ui/panel';

const page = 60;

interface PictureGridProps { name: string; version: number; classes: readonly string[]; label: string | null; onLabel: (label: string | null) => void }

/** Thumbnails of one class or all, of one split or both, page by page. */
export function PictureGrid({ name, version, classes, label, onLabel }: PictureGridProps) {
  const project = useProject();
  const [split, setSplit] = useState<Split | null>(null);
  return (
    <Panel title="Pictures" actions={
      <>
        <SelectInput aria-label="Class" value={label ?? ''} onChange={(event) => onLabel(event.target.value || null)} className="h-7! w-36! text-xs!">
          <option value="">All classes</option>{classes.map((value) => <option key={value} value={value}>{value}</option>)}
        </SelectInput>
        <SelectInput aria-label="Split" value={split ?? ''} onChange={(event) => setSplit((event.target.value || null) as Split | null)} className="h-7! w-32! text-xs!">
          <option value="">Both splits</option><option value="TRAIN">Training</option><option value="VAL">Validation</option>
        </SelectInput>
      </>
    }>
      <Thumbnails key={`${version}/${label}/${split}`} variables={{ name, project, version, label, split }} />
    </Panel>
  );
}

function Thumbnails({ variables }: { variables: { name: string; project: string; version: number; label: string | null; split: Split | null } }) {
  // Cursors of the pages before this one, so that going back needs no count.
  const [trail, setTrail] = useState<(string | null)[]>([null]);
  const { data, previousData, error, loading } = useQuery(DatasetPicturesDocument, { variables: { ...variables, first: page, after: trail.at(-1) } });
  const pictures = (data ?? previousData)?.dataset?.version?.pictures;
  if (error) return <QueryError error={error} />;
  if (!pictures) return <Skeleton rows={4} />;
  const { nodes, totalCount, pageInfo } = pictures;
  const from = (trail.length - 1) * page;
  return (
    <>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-2" aria-busy={loading}>
        {nodes.map(({ id, url, path, label, split, width, height }) => (
          <li key={id} className="min-w-0">
            <a href={url} target="_blank" rel="noreferrer" title={`${path}, ${width} × ${height}`} className="block overflow-hidden rounded-md border bg-sunken">
              <img src={`${url}?width=192`} alt={path} loading="lazy" className="aspect-square w-full object-cover" />
            </a>
            <p className="mt-0.5 flex justify-between gap-1 text-xs"><span className="truncate">{label}</span><span className="text-faint">{split === 'TRAIN' ? 'train' : 'val'}</span></p>
          </li>
        ))}
      </ul>
      <div className="mt-3 flex items-center gap-2">
        <Button size="sm" disabled={trail.length === 1} onClick={() => setTrail(trail.slice(0, -1))}>Previous</Button>
        <Button size="sm" disabled={!pageInfo.hasNextPage} onClick={() => setTrail([...trail, pageInfo.endCursor ?? null])}>Next</Button>
        <span role="status" className="num text-xs text-faint">{totalCount === 0 ? 'No pictures' : `${formatCount(from + 1)} – ${formatCount(from + nodes.length)} of ${formatCount(totalCount)}`}</span>
      </div>
    </>
  );
}
