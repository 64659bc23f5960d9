'use client';

import { Play } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { DatasetPageDocument, type DatasetPageQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { formatCount, plural } from '../format/numbers';
import { TimeAgo } from '../format/time';
import { useProject, useProjectPath } from '../shell/project-context';
import { ButtonLink } from '../ui/button';
import { Callout } from '../ui/callout';
import { CopyButton } from '../ui/copy-button';
import { EmptyState, PageHeader, Panel } from '../ui/panel';
import { PageWaiting } from '../ui/page-waiting';
import { ChangesPanel } from './changes-panel';
import { ClassCounts } from './class-counts';
import { DuplicatesPanel } from './duplicates-panel';
import { PictureGrid } from './picture-grid';
import { SkippedFiles } from './skipped-files';
import { VersionRuns } from './version-runs';
import { VersionTable } from './version-table';

export function DatasetPage({ name, seed }: { name: string; seed: DatasetPageQuery | null }) {
  const project = useProject();
  const path = useProjectPath();
  const { data, error, refetch } = useSeededQuery(DatasetPageDocument, { name, project }, seed);
  const [label, setLabel] = useState<string | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  if (!data) return <PageWaiting title={name} error={error} retry={refetch} />;
  if (!data.dataset) return <EmptyState heading="h1" title={`There is no dataset ${name} in this project`} actions={<ButtonLink href={path('datasets')}>All datasets</ButtonLink>} />;
  const { versions } = data.dataset;
  const version = versions.find((each) => each.version === shown) ?? versions[0]!;
  const show = (wanted: number) => {
    setShown(wanted);
    setLabel(null);
  };

  return (
    <div className="flex flex-col gap-4">
      <nav aria-label="Breadcrumb" className="-mb-2 text-xs text-muted"><Link href={path('datasets')} className="hover:text-ink hover:underline">Datasets</Link> <span aria-hidden>/</span> <span aria-current="page">{name}</span></nav>
      <PageHeader title={name} lead={`${plural(version.classes.length, 'class', 'classes')}, ${plural(version.trainCount, 'training picture')}, ${plural(version.valCount, 'validation picture')}`}>
        <ButtonLink variant="primary" href={`${path('runs', 'new')}?dataset=${encodeURIComponent(name)}`}><Play aria-hidden />Train on this</ButtonLink>
      </PageHeader>
      <dl className="flex flex-wrap items-center gap-x-8 gap-y-2">
        <Fact name="Version">{version.version}{version.parent ? `, made from ${version.parent.version}` : ''}</Fact>
        <Fact name="Split">{version.splitSeed === null || version.splitSeed === undefined ? 'as imported' : `made with seed ${version.splitSeed}`}</Fact>
        <Fact name="Imported"><TimeAgo at={version.createdAt} /></Fact>
        <Fact name="Digest"><code className="text-xs">{version.digest.slice(0, 16)}</code><CopyButton text={version.digest} label="Copy the digest" /></Fact>
      </dl>
      {version.warnings.map((warning) => <Callout key={warning} tone="warning">{warning}</Callout>)}
      {versions.length > 1 && <Panel title={`Versions (${formatCount(versions.length)})`} flush><VersionTable versions={versions} shown={version.version} onShow={show} /></Panel>}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="Classes" flush><ClassCounts classes={version.classes} chosen={label} onChoose={setLabel} /></Panel>
        <div className="flex min-w-0 flex-col gap-4">
          <VersionRuns name={name} version={version} />
          {version.skipped.length > 0 && <Panel title={`Skipped files (${formatCount(version.skipped.length)})`} flush><SkippedFiles skipped={version.skipped} /></Panel>}
        </div>
      </div>
      {versions.length > 1 && <ChangesPanel key={`changes ${version.id}`} name={name} version={version} versions={versions} />}
      <DuplicatesPanel key={`duplicates ${version.id}`} name={name} version={version} />
      <PictureGrid name={name} version={version.version} classes={version.classes.map((entry) => entry.name)} label={label} onLabel={setLabel} />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return <div className="flex items-center gap-2"><dt className="text-muted">{name}</dt><dd className="num flex items-center gap-1">{children}</dd></div>;
}
