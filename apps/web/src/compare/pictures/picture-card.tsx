'use client';

import { Check, X } from 'lucide-react';
import { RunDot } from '../../charts/run-dot';
import { formatPercent } from '../../format/numbers';
import { cx } from '../../ui/cx';
import type { ComparedPicture } from './compared-pictures';

/** One picture and what each run takes it for. */
export function PictureCard({ picture, label, predictions, names, onOpen }: ComparedPicture & { names: ReadonlyMap<string, string>; onOpen: () => void }) {
  return (
    <article className="flex h-full gap-3 rounded-lg border bg-panel p-2">
      <button type="button" data-picture onClick={onOpen} aria-label={`${label}, ${picture.path}: show large`} className="size-24 shrink-0 overflow-hidden rounded-md border bg-sunken">
        <img src={`${picture.url}?width=224`} alt="" loading="lazy" className="size-full object-cover" />
      </button>
      <div className="min-w-0 flex-1">
        <h3 className="truncate font-medium" title={`${label} (${picture.path})`}>{label}</h3>
        <Verdicts predictions={predictions} names={names} />
      </div>
    </article>
  );
}

export function Verdicts({ predictions, names }: { predictions: ComparedPicture['predictions']; names: ReadonlyMap<string, string> }) {
  return (
    <ul className="mt-1 flex max-h-48 flex-col gap-1 overflow-y-auto">
      {predictions.map(({ runId, predicted, confidence, correct }) => (
        <li key={runId} className="grid grid-cols-[auto_minmax(0,1fr)_auto_auto] items-center gap-x-1.5 text-xs">
          <RunDot id={runId} />
          <span className="truncate text-muted" title={names.get(runId)}>{names.get(runId)}</span>
          <span className={cx('flex items-center gap-0.5 font-medium', correct ? 'text-success' : 'text-danger')}>
            {correct ? <Check aria-hidden className="size-3" /> : <X aria-hidden className="size-3" />}<span className="sr-only">{correct ? 'right: ' : 'wrong: '}</span>{predicted}
          </span>
          <span className="num w-10 text-right text-muted">{formatPercent(confidence, 0)}</span>
        </li>
      ))}
    </ul>
  );
}
