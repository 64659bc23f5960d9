'use client';

import { useQuery } from '@apollo/client/react';
import { ChevronLeft, ChevronRight, Trash2, Undo2 } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { DatasetPictureDocument } from '../../generated/graphql';
import { formatCount } from '../../format/numbers';
import { useProject } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { QueryError } from '../../ui/callout';
import { CopyButton } from '../../ui/copy-button';
import { Dialog } from '../../ui/dialog';
import { Skeleton } from '../../ui/panel';
import { PlaceSelect } from '../changes/place-select';
import type { Editing } from '../changes/use-pending';
import { PictureCard } from '../picture-card';

interface PictureDialogProps {
  name: string;
  version: number;
  path: string;
  /** Where it stands in the list, while the list is known. */
  place: { index: number; total: number } | null;
  classes: readonly string[];
  editing: Editing;
  onStep: (by: number) => void;
  onNewClass: () => void;
  onClose: () => void;
}

/** One picture, large, with what is known of it and what is to become of it. */
export function PictureDialog({ name, version, path, place, classes, editing, onStep, onNewClass, onClose }: PictureDialogProps) {
  const project = useProject();
  const { data, previousData, error } = useQuery(DatasetPictureDocument, { variables: { name, project, version, path } });
  const picture = data?.dataset?.version?.lookUp[0] ?? (data ? undefined : previousData?.dataset?.version?.lookUp[0]);
  const change = editing.pending.changes[path];
  useEffect(() => {
    const step = (event: KeyboardEvent) => {
      if ((event.target as Element).closest('input, select, textarea') || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
      event.preventDefault();
      onStep(event.key === 'ArrowLeft' ? -1 : 1);
    };
    window.addEventListener('keydown', step);
    return () => window.removeEventListener('keydown', step);
  }, [onStep]);
  const now = change?.kind === 'move' ? change : picture;
  return (
    <Dialog wide open onOpenChange={(open) => !open && onClose()} title={path.split('/').at(-1)!} description={place ? `Picture ${formatCount(place.index + 1)} of ${formatCount(place.total)}. The arrow keys go on.` : undefined}>
      {error ? <QueryError error={error} /> : !picture ? (data ? <p className="text-muted">Version {version} has no picture {path}.</p> : <Skeleton rows={8} />) : (
        <div className="flex flex-col gap-3">
          <div className="relative flex h-[min(42vh,26rem)] items-center justify-center rounded-md bg-sunken">
            <img src={`${picture.url}?width=1024`} alt={picture.path} className="max-h-full max-w-full object-contain" />
            <StepButton label="Previous picture" className="left-2" disabled={!place || place.index === 0} onClick={() => onStep(-1)}><ChevronLeft aria-hidden /></StepButton>
            <StepButton label="Next picture" className="right-2" disabled={!place || place.index >= place.total - 1} onClick={() => onStep(1)}><ChevronRight aria-hidden /></StepButton>
          </div>
          {editing.here ? (
            <div className="flex flex-wrap items-center gap-2">
              <PlaceSelect classes={classes} label={now!.label} split={now!.split} onClass={(label) => editing.move([picture], { label })} onSplit={(split) => editing.move([picture], { split })} onNewClass={onNewClass} />
              {change?.kind === 'remove' ? <span className="text-danger">To be removed</span> : <Button size="sm" variant="danger" onClick={() => editing.remove([picture])}><Trash2 aria-hidden />Remove</Button>}
              {change && <Button size="sm" onClick={() => editing.undo(path)}><Undo2 aria-hidden />Undo</Button>}
            </div>
          ) : <p className="text-muted">The changes that are not saved are to version {editing.pending.base}.</p>}
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
            <dt className="text-muted">Path</dt><dd className="break-all">{picture.path}</dd>
            <dt className="text-muted">Class, split</dt><dd>{picture.label}, {picture.split === 'TRAIN' ? 'training' : 'validation'}</dd>
            <dt className="text-muted">Size</dt><dd className="num">{picture.width} × {picture.height} pixels</dd>
            <dt className="text-muted">sha256</dt><dd className="flex items-center gap-1"><code className="truncate text-xs">{picture.sha256.slice(0, 24)}…</code><CopyButton text={picture.sha256} label="Copy the sha256" /></dd>
          </dl>
          {picture.duplicates.length > 0 && (
            <section aria-label="Alike pictures">
              <h3 className="mb-1 text-xs font-semibold">Alike pictures</h3>
              <ul className="flex flex-wrap gap-2">
                {picture.duplicates.map(({ picture: other, exact, distance, leaks }) => <li key={other.id}><PictureCard picture={other} /><p className="max-w-28 text-xs text-muted">{!exact ? `${distance} of 64 bits differ` : other.label === picture.label ? 'the same bytes' : <span className="text-warning">the same bytes, another class</span>}{leaks && <span className="text-warning">, other split</span>}</p></li>)}
              </ul>
            </section>
          )}
        </div>
      )}
    </Dialog>
  );
}

function StepButton({ label, className, children, ...props }: { label: string; className: string; disabled: boolean; onClick: () => void; children: ReactNode }) {
  return <button type="button" aria-label={label} {...props} className={`absolute ${className} rounded-full border bg-panel p-1.5 hover:bg-hover disabled:opacity-40 [&_svg]:size-4`}>{children}</button>;
}
