'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { ClassSelect } from '../compare/pictures/class-select';
import { MisclassifiedDocument } from '../generated/graphql';
import { formatPercent } from '../format/numbers';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { cx } from '../ui/cx';
import { Panel, Skeleton } from '../ui/panel';
import { Switch } from '../ui/switch';

const page = 24;

export interface ShownPictures { label: string | null; predicted: string | null; all: boolean }

interface MisclassifiedProps { runId: string; classes: readonly string[]; shown: ShownPictures; onShow: (shown: Partial<ShownPictures>) => void }

/** Mistakes, the most confident first; of one class or cell of the matrix, with or without what was told right. */
export function Misclassified({ runId, classes, shown: { label, predicted, all }, onShow }: MisclassifiedProps) {
  const [first, setFirst] = useState(page);
  const cell = label !== null && predicted !== null;
  const { data, previousData, error, loading } = useQuery(MisclassifiedDocument, { variables: { id: runId, first, mistakes: !all && !cell, label, predicted } });
  const predictions = (data ?? previousData)?.run?.evaluation?.predictions;
  const heading = cell ? (label === predicted ? `${label}, told right` : `${label}, taken for ${predicted}`) : all ? 'Validation pictures' : 'Misclassified pictures';
  if (error) return <Panel title={heading}><QueryError error={error} /></Panel>;
  if (!predictions) return <Panel title={heading}><Skeleton rows={3} /></Panel>;
  const { nodes, totalCount } = predictions;
  return (
    <Panel title={`${heading} (${totalCount})`} actions={
      <>
        <ClassSelect label="True class" none="Any class" classes={classes} value={label} onChange={(next) => onShow({ label: next })} />
        <ClassSelect label="Predicted class" none="Predicted as anything" classes={classes} value={predicted} onChange={(next) => onShow({ predicted: next })} />
        {cell ? <Button size="sm" onClick={() => onShow({ label: null, predicted: null })}>All mistakes</Button>
          : <span className="flex items-center gap-1.5 text-xs text-muted"><Switch label="Only mistakes" checked={!all} onChange={(only) => onShow({ all: !only })} /><span aria-hidden>Only mistakes</span></span>}
      </>
    }>
      {totalCount === 0 ? <p className="text-muted">{label === null && predicted === null ? 'Every validation picture is classified right.' : 'No picture is like that.'}</p> : (
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
