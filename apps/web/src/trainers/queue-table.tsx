'use client';

import { SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { QueuedRunFragment } from '../generated/graphql';
import { formatCount } from '../format/numbers';
import { TimeAgo } from '../format/time';
import { EditQueue } from '../queue/edit-queue';
import { constraintWords } from '../queue/fitting';
import { projectPath } from '../shell/project-context';
import { Button } from '../ui/button';
import { cx } from '../ui/cx';
import { Panel } from '../ui/panel';

const stuck = new Set(['NO_TRAINER', 'NO_MATCH', 'DRAINED']);

/** Runs of every project in the order in which trainers take them. */
export function inClaimOrder(runs: readonly QueuedRunFragment[]): QueuedRunFragment[] {
  return [...runs].sort((a, b) => b.priority - a.priority || Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1));
}

export function QueueTable({ runs, totalCount }: { runs: readonly QueuedRunFragment[]; totalCount: number }) {
  const [editing, setEditing] = useState<string | null>(null);
  const edited = runs.find(({ id }) => id === editing);
  return (
    <Panel title={`Queue (${formatCount(totalCount)})`} flush>
      {runs.length === 0 ? <p className="p-3 text-muted">No run waits.</p> : (
        <table className="grid-table" aria-label="Queue">
          <thead><tr><th scope="col">Run</th><th scope="col">Why it waits</th><th scope="col">Needs</th><th scope="col" className="right">Priority</th><th scope="col" className="right">Waits since</th></tr></thead>
          <tbody>
            {inClaimOrder(runs).map((run) => (
              <tr key={run.id}>
                <td className="whitespace-nowrap"><Link href={projectPath(run.project.name, 'runs', run.id)} className="font-medium hover:underline">{run.name}</Link> <span className="text-faint">{run.project.name}</span></td>
                <td className={cx('min-w-64', run.waiting && stuck.has(run.waiting.code) ? 'text-warning' : 'text-muted')}>{run.waiting?.message ?? '–'}</td>
                <td className="whitespace-nowrap">{constraintWords(run.constraints) ?? <span className="text-faint">any trainer</span>}</td>
                <td className="right"><Button variant="ghost" size="sm" aria-label={`Priority ${run.priority}, change where ${run.name} runs`} onClick={() => setEditing(run.id)}><span className="num">{run.priority}</span><SlidersHorizontal aria-hidden /></Button></td>
                <td className="right whitespace-nowrap"><TimeAgo at={run.createdAt} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {totalCount > runs.length && <p className="border-t px-3 py-2 text-xs text-faint">The first {formatCount(runs.length)} of {formatCount(totalCount)}.</p>}
      {edited && <EditQueue run={edited} onClose={() => setEditing(null)} />}
    </Panel>
  );
}
