'use client';

import Link from 'next/link';
import { createContext, useContext } from 'react';
import { RunDot } from '../../charts/run-dot';
import { useProjectPath } from '../../shell/project-context';

/** Whether a report is read inside its project, where runs have pages, or under its link, which shows nothing else. */
export const InsideProject = createContext(true);

export function RunName({ id, name }: { id: string; name: string }) {
  const path = useProjectPath();
  const inside = useContext(InsideProject);
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 align-middle">
      <RunDot id={id} />
      {inside ? <Link href={path('runs', id)} title={name} className="truncate hover:underline">{name}</Link> : <span title={name} className="truncate">{name}</span>}
    </span>
  );
}
