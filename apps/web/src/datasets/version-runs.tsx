'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { RunDot } from '../charts/run-dot';
import { DatasetVersionRunsDocument } from '../generated/graphql';
import { formatCount, formatMetric } from '../format/numbers';
import { StatusBadge } from '../runs/run-status';
import { useProject, useProjectPath } from '../shell/project-context';
import { QueryError } from '../ui/callout';
import { Panel, Skeleton } from '../ui/panel';
import type { Version } from './version-table';

/** Which runs used a version, the newest fifty. */
export function VersionRuns({ name, version: { version, runCount } }: { name: string; version: Version }) {
  const project = useProject();
  const path = useProjectPath();
  const { data, error } = useQuery(DatasetVersionRunsDocument, { variables: { name, project, version } });
  const runs = data?.dataset?.version?.runs;
  const title = `Runs on version ${version} (${formatCount(runCount)})`;
  return (
    <Panel title={title} flush>
      {error ? <QueryError error={error} /> : !runs ? <Skeleton rows={2} /> : runs.nodes.length === 0 ? <p className="p-3 text-muted">No run has used it yet.</p> : (
        <div className="max-h-80 overflow-y-auto">
          <table className="grid-table" aria-label={title}>
            <tbody>
              {runs.nodes.map((run) => (
                <tr key={run.id}>
                  <td><span className="flex items-center gap-2"><RunDot id={run.id} /><Link href={path('runs', run.id)} className="font-medium hover:underline">{run.name}</Link></span></td>
                  <td className="text-muted">{run.backbone?.title}</td><td><StatusBadge status={run.status} /></td>
                  <td className="right">{formatMetric(run.finalMetrics.find(({ key }) => key === 'val/accuracy')?.value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
