'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import { BackboneNotes } from '../backbones/backbone-notes';
import { inOrder } from '../backbones/backbone-order';
import type { BackboneCardFragment } from '../generated/graphql';
import { formatBytes, formatCompact, formatRate } from '../format/numbers';
import { cx } from '../ui/cx';

interface BackboneChoiceProps { backbones: readonly BackboneCardFragment[]; value: string; error?: string; onChange: (name: string) => void }

/** One row per backbone, a radio each, in a list that scrolls: what it is, whether it is here, how good, large and quick. */
export function BackboneChoice({ backbones, value, error, onChange }: BackboneChoiceProps) {
  const list = useRef<HTMLDivElement>(null);
  // Once: what is chosen from the start may lie far down.
  useEffect(() => {
    const chosen = list.current?.querySelector('input:checked')?.closest('label');
    if (list.current && chosen) list.current.scrollTop = chosen.offsetTop - (list.current.clientHeight - chosen.offsetHeight) / 2;
  }, []);

  return (
    <fieldset aria-describedby={error ? 'backbone-error' : undefined} className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1 text-xs font-medium">Backbone</legend>
      <div ref={list} className="relative max-h-80 overflow-y-auto overscroll-contain rounded-md border">
        {inOrder(backbones).map((backbone) => <Choice key={backbone.id} backbone={backbone} chosen={value === backbone.name} onChoose={() => onChange(backbone.name)} />)}
      </div>
      <BackboneNotes backbones={backbones} />
      {error && <p id="backbone-error" role="alert" className="text-xs text-danger">{error}</p>}
    </fieldset>
  );
}

function Choice({ backbone, chosen, onChoose }: { backbone: BackboneCardFragment; chosen: boolean; onChoose: () => void }) {
  const { id, name, title, top1, parameters, picturesPerSecond: speed, inputSize, licence } = backbone;
  return (
    <label className={cx('grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2.5 border-b px-2.5 py-1.5 last:border-b-0 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent sm:grid-cols-[auto_minmax(0,1fr)_6rem_6.5rem_8rem]', chosen ? 'bg-accent-soft/60' : 'hover:bg-hover')}>
      <input type="radio" name="backbone" value={name} aria-label={title} aria-describedby={`${id}-facts`} checked={chosen} onChange={onChoose} className="size-3.5 shrink-0 accent-(--accent) outline-none" />
      <span className="min-w-0">
        <span className="block font-medium">{title}</span>
        <span className="num block text-xs text-muted"><Availability backbone={backbone} />{` · ${inputSize} px`}{licence && <span className="hidden sm:inline"> · {licence}</span>}</span>
      </span>
      <span id={`${id}-facts`} className="col-start-2 grid grid-cols-[5.25rem_6rem_1fr] sm:contents">
        <Fact title={top1?.source} unit="% top-1">{top1?.percent.toFixed(1)}</Fact>
        <Fact unit="params">{parameters && formatCompact(parameters)}</Fact>
        <Fact title={speed ? `${formatRate(speed.wasm)} in WebAssembly` : undefined} unit="pictures/s">{speed && formatRate(speed.native)}</Fact>
      </span>
    </label>
  );
}

/** A cell that stays empty where nothing is known, so that the columns stay columns. */
function Fact({ children, unit, title }: { children: ReactNode; unit: string; title?: string }) {
  return <span title={title} className="num text-xs whitespace-nowrap text-muted sm:text-right">{children ? <><span className="text-ink">{children}</span> {unit}</> : null}</span>;
}

function Availability({ backbone: { status, fetchTotal, fetchDone } }: { backbone: BackboneCardFragment }) {
  if (status === 'READY') return <span className="text-success">Ready</span>;
  if (status === 'FETCHING') return <span className="text-accent">Downloading{fetchTotal ? ` ${Math.round((100 * (fetchDone ?? 0)) / fetchTotal)} %` : ' …'}</span>;
  if (status === 'FAILED') return <span className="text-danger">The download failed; launching tries it again</span>;
  return <>Will be downloaded first{fetchTotal ? ` (${formatBytes(fetchTotal)})` : ''}</>;
}
