'use client';

import { useMutation } from '@apollo/client/react';
import { CircleCheck, Download, ExternalLink } from 'lucide-react';
import { FetchBackboneDocument, type BackboneCardFragment } from '../generated/graphql';
import { formatBytes, formatCompact, formatRate } from '../format/numbers';
import { useProjectPath } from '../shell/project-context';
import { Button, ButtonLink } from '../ui/button';
import { useNotify } from '../ui/notices';
import { ProgressBar } from '../ui/progress';

const sources = { BUILT_IN: 'built in', CATALOGUE: 'catalogue', IMPORTED: 'imported' } as const;

export function BackboneRow({ backbone, onImport }: { backbone: BackboneCardFragment; onImport: () => void }) {
  const path = useProjectPath();
  const { title, name, description, source, top1, parameters, picturesPerSecond: speed, inputSize, licence, address, blocks } = backbone;
  return (
    <li id={`backbone-${name}`} tabIndex={-1} aria-label={title} className="scroll-mt-4 focus:bg-accent-soft grid gap-3 border-b px-4 py-3 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_13rem_11rem] lg:items-center">
      <div className="min-w-0">
        <h2 className="font-semibold">{title} <span className="ml-1 rounded bg-hover px-1.5 py-px text-xs font-normal text-muted">{sources[source]}</span></h2>
        <p className="num text-xs text-muted">
          {[<code key="name">{name}</code>, top1 ? <span key="top1" title={top1.source}>{top1.percent.toFixed(1)} % top-1</span> : null, parameters ? `${formatCompact(parameters)} parameters` : null, speed ? <span key="speed" title={`${formatRate(speed.wasm)} in WebAssembly; forward, on ${speed.machine}`}>{formatRate(speed.native)} pictures/s</span> : null, `${inputSize} × ${inputSize} px`, `${blocks.length} blocks`, licence].filter(Boolean).map((fact, index) => <span key={index}>{index > 0 && ' · '}{fact}</span>)}
          {address && <> · <a href={address} target="_blank" rel="noreferrer" className="inline-flex items-center gap-0.5 hover:text-ink hover:underline">source<ExternalLink aria-hidden className="size-3" /></a></>}
        </p>
        {description && <p className="mt-1 max-w-3xl text-muted">{description}</p>}
        {backbone.status === 'FAILED' && backbone.fetchError && (
          <p role="alert" className="mt-1.5 rounded-md bg-danger-soft px-2.5 py-1.5 break-words text-danger">
            <span className="text-ink">{backbone.fetchError}</span>{' '}
            {source === 'CATALOGUE' && <button type="button" onClick={onImport} className="font-medium underline">Import it from a folder</button>}
          </p>
        )}
      </div>
      <BackboneState backbone={backbone} />
      <div className="flex gap-2 lg:justify-end">
        <FetchButton backbone={backbone} />
        <ButtonLink size="sm" href={`${path('runs', 'new')}?backbone=${encodeURIComponent(name)}`} aria-label={`Train with ${title}`}>Train</ButtonLink>
      </div>
    </li>
  );
}

function BackboneState({ backbone: { source, status, fetchDone, fetchTotal, title } }: { backbone: BackboneCardFragment }) {
  if (status === 'READY') return <p className="flex items-center gap-1.5 text-success"><CircleCheck aria-hidden className="size-4" />Ready</p>;
  if (status === 'FAILED') return <p className="text-danger">{source === 'BUILT_IN' ? 'Not usable' : 'Download failed'}</p>;
  if (status === 'ABSENT') return <p className="num text-muted">Not downloaded yet{fetchTotal ? ` (${formatBytes(fetchTotal)})` : ''}</p>;
  return (
    <div className="flex flex-col gap-1">
      <ProgressBar label={`Download of ${title}`} value={fetchTotal ? (fetchDone ?? 0) / fetchTotal : null} />
      <p className="num text-xs text-muted">{fetchTotal ? `${formatBytes(fetchDone ?? 0)} of ${formatBytes(fetchTotal)}` : 'Starting the download …'}</p>
    </div>
  );
}

function FetchButton({ backbone: { name, title, status } }: { backbone: BackboneCardFragment }) {
  const notify = useNotify();
  const [fetchBackbone, { loading }] = useMutation(FetchBackboneDocument);
  if (status !== 'ABSENT' && status !== 'FAILED') return null;
  const start = async () => {
    try {
      const { data } = await fetchBackbone({ variables: { name } });
      const errors = data?.fetchBackbone.userErrors ?? [];
      if (errors.length > 0) notify(errors.map(({ message }) => message).join(' '), 'danger');
    } catch (error) {
      notify(`The download of ${title} could not be started: ${(error as Error).message}`, 'danger');
    }
  };
  return <Button size="sm" busy={loading} onClick={() => void start()} aria-label={`${status === 'FAILED' ? 'Retry download of' : 'Download'} ${title}`}><Download aria-hidden />{status === 'FAILED' ? 'Retry' : 'Download'}</Button>;
}
