'use client';

import { useQuery } from '@apollo/client/react';
import { RunArtifactContentsDocument, type RunDetailFragment } from '../generated/graphql';
import { QueryError } from '../ui/callout';
import { Panel, Skeleton } from '../ui/panel';
import { ArtifactContent } from './artifact-content';

const shown = new Set(['IMAGE', 'TABLE', 'CONFUSION_MATRIX', 'TEXT']);

/**
 * Pictures, tables, matrices and texts, each in a panel of its own; nothing when there is none. What is logged later, or
 * again, has an id that the cache does not know, so that the query asks anew.
 */
export function LoggedArtifacts({ run }: { run: RunDetailFragment }) {
  const visible = run.artifacts.filter(({ kind }) => shown.has(kind));
  const { data, error, refetch } = useQuery(RunArtifactContentsDocument, { variables: { id: run.id }, skip: visible.length === 0 });
  if (visible.length === 0) return null;
  if (!data) return <Panel title="Logged">{error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={4} />}</Panel>;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      {data.run?.artifacts.filter(({ kind }) => shown.has(kind)).map((artifact) => (
        <Panel key={artifact.id} title={artifact.name}><ArtifactContent artifact={artifact} /></Panel>
      ))}
    </div>
  );
}
