'use client';

import { useQuery } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { ComparePredictionsDocument } from '../../generated/graphql';
import type { ClassPair } from '../../run/confusion-matrix';
import { Button } from '../../ui/button';
import { QueryError } from '../../ui/callout';
import { Panel, Skeleton } from '../../ui/panel';
import { ComparedPictures } from './compared-pictures';
import { SharedPictures } from './gallery';

const page = 24;

interface CellPicturesProps { runs: readonly { id: string; name: string }[]; pair: ClassPair; onClear: () => void }

/** The pictures behind a cell: of the true class, and taken for the other by at least one of the runs. */
export function CellPictures({ runs, pair: { label, predicted }, onClear }: CellPicturesProps) {
  const [first, setFirst] = useState(page);
  const { data, previousData, error, loading, refetch } = useQuery(ComparePredictionsDocument, { variables: { ids: runs.map(({ id }) => id), agreement: 'ALL', label, predicted, first, after: null } });
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => {
    region.current?.scrollIntoView({ block: 'nearest' });
  }, [label, predicted]);
  const compared = (data ?? previousData)?.comparePredictions;
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  const heading = label === predicted ? `${label}, told right` : `${label}, taken for ${predicted}`;
  return (
    <div ref={region}>
      <Panel title={<>{heading} <span className="font-normal text-muted">by {runs.length > 1 ? 'at least one of the two' : runs[0]?.name}{compared ? ` (${compared.totalCount})` : ''}</span></>} actions={<Button size="sm" onClick={onClear}>Close</Button>}>
        {error && !data ? <QueryError error={error} retry={() => void refetch()} /> : !compared ? <Skeleton rows={3} /> : (
          <div className="flex flex-col gap-3">
            {compared.acrossVersions && <SharedPictures {...compared} />}
            {compared.nodes.length === 0 ? <p className="text-muted">No picture that all of these runs have seen.</p> : <ComparedPictures pictures={compared.nodes} names={names} label={heading} busy={loading} />}
            {compared.nodes.length < compared.totalCount && <Button className="self-start" busy={loading} onClick={() => setFirst(Math.min(1000, first + 4 * page))}>Show more</Button>}
          </div>
        )}
      </Panel>
    </div>
  );
}
