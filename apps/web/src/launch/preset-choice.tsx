'use client';

import { cx } from '../ui/cx';
import { presets } from './presets';

/** Strategies with one sentence each; the one that fits what is chosen is marked. */
export function PresetChoice({ freeze, onChoose }: { freeze: string | boolean; onChoose: (values: Record<string, string>) => void }) {
  return (
    <section aria-label="Strategies">
      <ul className="grid gap-2 sm:grid-cols-3 lg:grid-cols-5">
        {presets.map(({ title, when, values }) => {
          const chosen = values.freeze === freeze;
          return (
            <li key={title} className="flex">
              <button type="button" aria-pressed={chosen} onClick={() => onChoose(values)} className={cx('flex w-full flex-col gap-0.5 rounded-md border px-3 py-2 text-left', chosen ? 'border-accent bg-accent-soft/60' : 'border-line-strong bg-panel hover:bg-hover')}>
                <span className="font-medium">{title}</span>
                <span className="text-xs text-muted">{when}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
