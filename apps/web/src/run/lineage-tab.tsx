'use client';

import { useQuery } from '@apollo/client/react';
import { Box, ImageIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { RunDot } from '../charts/run-dot';
import { formatMetric, plural } from '../format/numbers';
import { TimeAgo } from '../format/time';
import { RunDescendantsDocument, RunLineageDocument, type LineageRunFragment } from '../generated/graphql';
import { ChangeList } from '../launch/change-list';
import { StatusBadge } from '../runs/run-status';
import { useProjectPath } from '../shell/project-context';
import { QueryError } from '../ui/callout';
import { cx } from '../ui/cx';
import { Panel, Skeleton } from '../ui/panel';
import { generations, lineageTree, type LineageNode } from './lineage';

/** Where the run comes from and what came of it: dataset version and backbone, then run after run with what each changed. */
export function Lineage({ runId }: { runId: string }) {
  const { data, error, refetch } = useQuery(RunLineageDocument, { variables: { id: runId }, fetchPolicy: 'cache-and-network' });
  const children = data?.children.nodes ?? [];
  const grand = useQuery(RunDescendantsDocument, { variables: { filter: { or: children.map(({ id }) => ({ parentRun: id })) } }, skip: children.length === 0 });
  if (!data?.run) return <Panel title="Lineage">{error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={6} />}</Panel>;
  const tree = lineageTree(data.run, [...children, ...(grand.data?.runs.nodes ?? [])]);
  const left = data.children.totalCount - children.length + (grand.data ? grand.data.runs.totalCount - grand.data.runs.nodes.length : 0);
  return (
    <Panel title="Lineage">
      <p className="mb-3 text-muted">Up to {generations.before} generations before this run and {generations.after} after it, each with what it changed.{left > 0 && ` ${plural(left, 'later clone')} not shown; the runs table has them.`}</p>
      <ul aria-label="Lineage" className="overflow-x-auto pb-1">
        <Material run={tree.run}><Branch node={tree} current={runId} /></Material>
      </ul>
    </Panel>
  );
}

/** What the oldest run shown was made of. */
function Material({ run: { dataset, backbone }, children }: { run: LineageRunFragment; children: ReactNode }) {
  const path = useProjectPath();
  if (!dataset && !backbone) return children;
  return (
    <li>
      <div className="flex flex-wrap gap-2">
        {dataset && <Link href={path('datasets', dataset.dataset.name)} className={cardClass}><ImageIcon aria-hidden className="size-4 text-muted" />{dataset.dataset.name} <span className="text-muted">version {dataset.version}</span></Link>}
        {backbone && <Link href={path('backbones')} className={cardClass}><Box aria-hidden className="size-4 text-muted" />{backbone.title} <span className="text-muted">backbone</span></Link>}
      </div>
      <ul className={nestClass}>{children}</ul>
    </li>
  );
}

const cardClass = 'flex w-fit items-center gap-2 rounded-lg border bg-panel px-3 py-2 font-medium hover:bg-hover';
const nestClass = 'mt-2 ml-4 flex flex-col gap-2 border-l-2 border-line-strong pl-4';

function Branch({ node: { run, changes, older, children }, current }: { node: LineageNode; current: string }) {
  const path = useProjectPath();
  const here = run.id === current;
  const accuracy = run.finalMetrics.find(({ key }) => key === 'val/accuracy')?.value;
  return (
    <li>
      {older && <p className="mb-1 text-xs text-muted">Cloned from {run.parentRun ? <Link href={path('runs', run.parentRun.id)} className="text-accent hover:underline">{run.parentRun.name}</Link> : 'an older run'}, which has a lineage of its own.</p>}
      <div className={cx('w-fit min-w-64 max-w-full rounded-lg border bg-panel px-3 py-2', here && 'border-accent ring-1 ring-(--accent)')}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="flex min-w-0 items-center gap-2 font-medium"><RunDot id={run.id} />
            {here ? <span aria-current="page">{run.name} <span className="font-normal text-muted">this run</span></span> : <Link href={path('runs', run.id)} className="truncate hover:underline">{run.name}</Link>}
          </span>
          <StatusBadge status={run.status} endReason={run.endReason} />
          {accuracy !== undefined && accuracy !== null && <span className="num text-muted">val/accuracy {formatMetric(accuracy)}</span>}
          <span className="text-xs text-muted"><TimeAgo at={run.createdAt} /></span>
        </div>
        {changes && <div className="mt-1.5 text-xs">{changes.length > 0 ? <ChangeList changes={changes} /> : <p className="text-muted">The same configuration again.</p>}</div>}
      </div>
      {children.length > 0 && <ul className={nestClass}>{children.map((child) => <Branch key={child.run.id} node={child} current={current} />)}</ul>}
    </li>
  );
}
