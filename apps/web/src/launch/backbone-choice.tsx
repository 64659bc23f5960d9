'use client';

import type { BackboneCardFragment } from '../generated/graphql';
import { formatBytes, formatCompact } from '../format/numbers';
import { cx } from '../ui/cx';

interface BackboneChoiceProps { backbones: readonly BackboneCardFragment[]; value: string; error?: string; onChange: (name: string) => void }

/** One card per backbone, a radio each: what it is, how large, under which licence, whether it is here. */
export function BackboneChoice({ backbones, value, error, onChange }: BackboneChoiceProps) {
  return (
    <fieldset aria-describedby={error ? 'backbone-error' : undefined} className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs font-medium">Backbone</legend>
      <div className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
        {backbones.map((backbone) => (
          <label key={backbone.id} className={cx('flex gap-2.5 rounded-lg border p-2.5 has-focus-visible:outline-2 has-focus-visible:outline-accent', value === backbone.name ? 'border-accent bg-accent-soft/60' : 'hover:bg-hover')}>
            <input type="radio" name="backbone" value={backbone.name} aria-label={backbone.title} checked={value === backbone.name} onChange={() => onChange(backbone.name)} className="mt-0.5 size-3.5 shrink-0 accent-(--accent) outline-none" />
            <span className="min-w-0">
              <span className="block font-medium">{backbone.title}</span>
              <span className="num block text-xs text-muted">
                {[backbone.top1 ? `${backbone.top1.percent.toFixed(1)} % top-1` : null, backbone.parameters ? `${formatCompact(backbone.parameters)} parameters` : null, `${backbone.inputSize} × ${backbone.inputSize} px`, backbone.licence].filter(Boolean).join(' · ')}
              </span>
              <Availability backbone={backbone} />
            </span>
          </label>
        ))}
      </div>
      {error && <p id="backbone-error" role="alert" className="text-xs text-danger">{error}</p>}
    </fieldset>
  );
}

function Availability({ backbone: { status, fetchTotal, fetchDone } }: { backbone: BackboneCardFragment }) {
  if (status === 'READY') return <span className="text-xs text-success">Ready</span>;
  if (status === 'FETCHING') return <span className="text-xs text-accent">Downloading{fetchTotal ? ` ${Math.round((100 * (fetchDone ?? 0)) / fetchTotal)} %` : ' …'}</span>;
  if (status === 'FAILED') return <span className="text-xs text-danger">The download failed; launching tries it again</span>;
  return <span className="text-xs text-warning">Will be downloaded first{fetchTotal ? ` (${formatBytes(fetchTotal)})` : ''}</span>;
}
