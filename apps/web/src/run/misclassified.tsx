'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { MisclassifiedDocument } from '../generated/graphql';
import { formatPercent } from '../format/numbers';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { cx } from '../ui/cx';
import { Panel, Skeleton } from '../ui/panel';
import type { ClassPair } from './confusion-matrix';

const page = 24;

/** Mistakes, the most confident first; or the pictures of one cell of the confusion matrix. */
export function Misclassified({ runId, pair, onClear }: { runId: string; pair: ClassPair | null; onClear: () => void }) {
  const [first, setFirst] = useState(page);
  const { data, previousData, error, loading } = useQuery(MisclassifiedDocument, { variables: { id: runId, first, mistakes: pair === null, ...pair } });
  const predictions = (data ?? previousData)?.run?.evaluation?.predictions;
  const heading = pair === null ? 'Misclassified pictures' : pair.label === pair.predicted ? `${pair.label}, told right` : `${pair.label}, taken for ${pair.predicted}`;
  if (error) return <Panel title={heading}><QueryError error={error} /></Panel>;
  if (!predictions) return <Panel title={heading}><Skeleton rows={3} /></Panel>;
  const { nodes, totalCount } = predictions;
  return (
    <Panel title={`${heading} (${totalCount})`} actions={pair && <Button size="sm" onClick={onClear}>All mistakes</Button>}>
      {totalCount === 0 ? <p className="text-muted">Every validation picture is classified right.</p> : (
        <>
          <ul aria-label={heading} aria-busy={loading} className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-3">
            {nodes.map(({ picture, label, predicted, confidence, correct }) => (
              <li key={picture.id} className="min-w-0">
                <a href={picture.url} target="_blank" rel="noreferrer" className="block overflow-hidden rounded-md border bg-sunken">
                  <img src={`${picture.url}?width=240`} alt={`${picture.path}: ${label}, predicted as ${predicted}`} loading="lazy" className="aspect-square w-full object-cover" />
                </a>
                <p className="mt-1 truncate text-xs" title={`${label} → ${predicted}`}><span className="text-muted">{label} →</span> <span className={cx('font-medium', correct ? 'text-success' : 'text-danger')}>{predicted}</span></p>
                <p className="num text-xs text-faint">{formatPercent(confidence, 0)} sure</p>
              </li>
            ))}
          </ul>
          {nodes.length < totalCount && <Button className="mt-3" busy={loading} onClick={() => setFirst(first + 4 * page)}>Show more</Button>}
        </>
      )}
    </Panel>
  );
}
