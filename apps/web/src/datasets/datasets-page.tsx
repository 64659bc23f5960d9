'use client';

import { Images, Plus } from 'lucide-react';
import Link from 'next/link';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useState } from 'react';
import { DatasetsDocument, type DatasetsQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { formatCount, shortDigest } from '../format/numbers';
import { TimeAgo } from '../format/time';
import { useProject, useProjectPath } from '../shell/project-context';
import { Button, ButtonLink } from '../ui/button';
import { QueryError } from '../ui/callout';
import { EmptyState, PageHeader, Skeleton } from '../ui/panel';
import { ImportDatasetDialog } from './import-dialog';
import { PageDrop } from './page-drop';
import type { Picked } from './picked-files';
import { UnfinishedImport } from './unfinished-import';

export function DatasetsPage({ seed }: { seed: DatasetsQuery | null }) {
  const project = useProject();
  const path = useProjectPath();
  const { data, error, refetch } = useSeededQuery(DatasetsDocument, { project }, seed);
  const [importing, setImporting] = useQueryState('import', parseAsBoolean.withDefault(false));
  const [dropped, setDropped] = useState<Picked | null>(null);
  const take = (picked: Picked) => {
    setDropped(picked);
    void setImporting(true);
  };
  const openImport = (
    <Button variant="primary" onClick={() => void setImporting(true)}><Plus aria-hidden />Import dataset</Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Datasets">{openImport}</PageHeader>
      <PageDrop what="Drop to import a dataset" enabled={!importing} onPick={take} />
      {!importing && <UnfinishedImport onChoose={() => void setImporting(true)} onPick={take} />}
      {!data ? (error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton />) : data.datasets.nodes.length === 0 ? (
        <div className="rounded-lg border"><EmptyState icon={<Images />} title="No datasets in this project yet">Import a folder or a zip of pictures, one folder per class. Pictures stay on this machine.</EmptyState></div>
      ) : (
        <div className="overflow-x-auto rounded-lg border bg-panel">
          <table className="grid-table" aria-label="Datasets">
            <thead>
              <tr><th scope="col">Name</th><th scope="col" className="right">Version</th><th scope="col" className="right">Classes</th><th scope="col" className="right">Training</th><th scope="col" className="right">Validation</th><th scope="col" className="right">Skipped</th><th scope="col">Digest</th><th scope="col" className="right">Created</th><th scope="col"><span className="sr-only">Actions</span></th></tr>
            </thead>
            <tbody>
              {data.datasets.nodes.map(({ id, name, createdAt, latestVersion: version }) => (
                <tr key={id} className="hover:bg-hover">
                  <td><Link href={path('datasets', name)} className="font-medium hover:underline">{name}</Link></td>
                  <td className="right">{version.version}</td>
                  <td className="right">{version.classes.length}</td>
                  <td className="right">{formatCount(version.trainCount)}</td>
                  <td className="right">{formatCount(version.valCount)}</td>
                  <td className="right">{version.skipped.length > 0 ? <span className="text-warning">{formatCount(version.skipped.length)}</span> : '–'}</td>
                  <td><code className="text-xs text-muted">{shortDigest(version.digest)}</code></td>
                  <td className="right whitespace-nowrap"><TimeAgo at={createdAt} /></td>
                  <td className="right"><ButtonLink size="sm" href={`${path('runs', 'new')}?dataset=${encodeURIComponent(name)}`} aria-label={`Train on ${name}`}>Train</ButtonLink></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ImportDatasetDialog open={importing} onOpenChange={(open) => { if (!open) setDropped(null); void setImporting(open); }} dropped={dropped} />
    </div>
  );
}
