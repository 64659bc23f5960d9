'use client';

import { Hourglass, Pause, SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { RunDetailFragment } from '../generated/graphql';
import { plural } from '../format/numbers';
import { constraintWords } from '../queue/fitting';
import { EditQueue } from '../queue/edit-queue';
import { useProjectPath } from '../shell/project-context';
import { Button } from '../ui/button';
import { cx } from '../ui/cx';

/** Nobody will take the run until somebody does something. */
const stuck = new Set(['NO_TRAINER', 'NO_MATCH', 'DRAINED']);

/** Why nobody trains it now, and what may be changed about that. */
export function WaitingPanel({ run }: { run: RunDetailFragment }) {
  const path = useProjectPath();
  const [editing, setEditing] = useState(false);
  const { waiting, priority, constraints, status } = run;
  if (status !== 'QUEUED' && status !== 'PAUSED') return null;
  const needsSomebody = waiting && stuck.has(waiting.code);
  const Icon = status === 'PAUSED' ? Pause : Hourglass;
  return (
    <section aria-label="Queue" className={cx('flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border px-4 py-3', needsSomebody && 'border-transparent bg-warning-soft')}>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', needsSomebody ? 'text-warning' : 'text-muted')} />
      <div className="min-w-0 flex-1 basis-64">
        <p role="status" className="font-medium">{status === 'PAUSED' ? pausedText(run) : (waiting?.message ?? 'It waits for a trainer.')}</p>
        <p className="text-muted">
          {waiting && !needsSomebody && (waiting.ahead > 0 ? `${plural(waiting.ahead, 'run goes', 'runs go')} first. ` : 'It is next. ')}
          Priority {priority}; {constraintWords(constraints) ? `needs ${constraintWords(constraints)}` : 'any trainer will do'}.
        </p>
      </div>
      <span className="flex gap-2">
        <Link href={path('trainers')} className="inline-flex h-7 items-center px-2 text-xs font-medium text-accent hover:underline">Trainers and queue</Link>
        <Button size="sm" onClick={() => setEditing(true)}><SlidersHorizontal aria-hidden />Change</Button>
      </span>
      {editing && <EditQueue run={run} onClose={() => setEditing(false)} />}
    </section>
  );
}

function pausedText({ checkpoints }: RunDetailFragment): string {
  const latest = checkpoints.find((checkpoint) => checkpoint.latest);
  return latest ? `Paused. When it is resumed, it goes on ${latest.batch === 0 ? `after epoch ${latest.epoch}` : `in epoch ${latest.epoch}, after batch ${latest.batch}`}.` : 'Paused. When it is resumed, it starts from the beginning.';
}
