'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { RunLineageDocument } from '../generated/graphql';
import { ChangeList } from '../launch/change-list';
import { useProjectPath } from '../shell/project-context';
import { ButtonLink } from '../ui/button';
import { Panel, Skeleton } from '../ui/panel';
import { changesBetween } from './lineage';

/** What the run does differently from the one it was cloned from. */
export function ParentChanges({ runId, parent }: { runId: string; parent: { id: string; name: string } }) {
  const path = useProjectPath();
  const { data } = useQuery(RunLineageDocument, { variables: { id: runId } });
  const changes = data?.run?.parentRun ? changesBetween(data.run.parentRun, data.run) : null;
  return (
    <Panel title="Changed against its parent" actions={<ButtonLink size="sm" href={`${path('compare')}?runs=${parent.id},${runId}&tab=configuration`}>Compare</ButtonLink>}>
      <p className="mb-2 text-muted">Cloned from <Link href={path('runs', parent.id)} className="font-medium text-ink hover:underline">{parent.name}</Link>.</p>
      {changes === null ? <Skeleton rows={2} /> : changes.length > 0 ? <ChangeList changes={changes} /> : <p className="text-muted">Nothing: the same configuration again.</p>}
    </Panel>
  );
}
