'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { TrainersAliveDocument } from '../generated/graphql';
import { plural } from '../format/numbers';
import { cx } from '../ui/cx';
import { projectPath } from './project-context';

/** Whether anybody is there to train, always in sight. */
export function TrainerLight({ project }: { project: string }) {
  const { data } = useQuery(TrainersAliveDocument, { pollInterval: 10_000 });
  if (!data) return null;
  const alive = data.trainers.filter((trainer) => trainer.alive);
  const backends = [...new Set(alive.map((trainer) => trainer.backend))].join(', ');
  return (
    <Link href={projectPath(project, 'trainers')} className="flex min-w-0 items-center gap-2 rounded-md px-2 py-1.5 text-xs text-muted hover:bg-hover hover:text-ink">
      <span aria-hidden className={cx('size-2 shrink-0 rounded-full', alive.length > 0 ? 'bg-success' : 'bg-danger')} />
      <span className="truncate">{alive.length > 0 ? `${plural(alive.length, 'trainer')} · ${backends}` : 'No trainer is running'}</span>
    </Link>
  );
}
