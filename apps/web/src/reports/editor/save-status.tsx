'use client';

import { Check, CloudOff, LoaderCircle, PencilLine, TriangleAlert } from 'lucide-react';
import { cx } from '../../ui/cx';
import type { SaveState } from './use-report-editor';

/** Whether the server has what was typed; always in sight, and announced when it changes. */
export function SaveStatus({ state }: { state: SaveState }) {
  const { Icon, words, tone } = look(state);
  return <p role="status" data-save-state={state.is} className={cx('flex min-w-0 items-center gap-1.5 text-xs', tone)}><Icon aria-hidden className={cx('size-3.5 shrink-0', state.is === 'saving' && 'animate-spin')} /><span>{words}</span></p>;
}

function look(state: SaveState) {
  switch (state.is) {
    case 'saved':
      return { Icon: Check, words: 'Saved', tone: 'text-muted' };
    case 'unsaved':
      return { Icon: PencilLine, words: 'Not saved yet', tone: 'text-muted' };
    case 'saving':
      return { Icon: LoaderCircle, words: 'Saving …', tone: 'text-muted' };
    case 'failed':
      return state.retrying
        ? { Icon: CloudOff, words: `Not saved: ${state.why}. Kept in this browser, and saved when it does.`, tone: 'text-warning' }
        : { Icon: TriangleAlert, words: `Not saved: ${state.why}`, tone: 'text-danger' };
    case 'conflict':
      return { Icon: TriangleAlert, words: 'Not saved: somebody else changed the report', tone: 'text-danger' };
  }
}
