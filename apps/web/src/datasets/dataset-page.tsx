'use client';

import { ImagePlus, Play } from 'lucide-react';
import Link from 'next/link';
import { parseAsInteger, useQueryState, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { DatasetPageDocument, type DatasetPageQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { formatCount, plural } from '../format/numbers';
import { TimeAgo } from '../format/time';
import { useProject, useProjectPath } from '../shell/project-context';
import { Button, ButtonLink } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { useNotify } from '../ui/notices';
import { EmptyState, PageHeader, Panel } from '../ui/panel';
import { PageWaiting } from '../ui/page-waiting';
import { browseAddress, PicturesPanel } from './browse/pictures-panel';
import { AddPictures } from './changes/add-pictures';
import { ClassNameDialog } from './changes/class-name-dialog';
import { PendingPanel } from './changes/pending-panel';
import { usePending } from './changes/use-pending';
import { ChangesPanel } from './changes-panel';
import { ClassCounts } from './class-counts';
import { DuplicatesPanel, usePairKind } from './duplicates-panel';
import { FindingsPanel } from './findings-panel';
import { PageDrop } from './page-drop';
import type { Picked } from './picked-files';
import { SkippedFiles } from './skipped-files';
import { VersionRuns } from './version-runs';
import { type Version, VersionTable } from './version-table';

export function DatasetPage({ name, seed }: { name: string; seed: DatasetPageQuery | null }) {
  const project = useProject();
  const path = useProjectPath();
  const { data, error, refetch } = useSeededQuery(DatasetPageDocument, { name, project }, seed);
  if (!data) return <PageWaiting title={name} error={error} retry={refetch} />;
  if (!data.dataset) return <EmptyState heading="h1" title={`There is no dataset ${name} in this project`} actions={<ButtonLink href={path('datasets')}>All datasets</ButtonLink>} />;
  return <Versions name={name} versions={data.dataset.versions} />;
}

/** One of the versions, and what is changed of it. */
function Versions({ name, versions }: { name: string; versions: readonly Version[] }) {
  const path = useProjectPath();
  const [number, setNumber] = useQueryState('v', parseAsInteger.withOptions({ history: 'replace' }));
  const [{ class: label }, browse] = useQueryStates(browseAddress, { history: 'replace' });
  const [, choosePairs] = usePairKind();
  const notify = useNotify();
  const [adding, setAdding] = useState<{ dropped: Picked | null } | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const latest = versions[0]!;
  const version = versions.find((each) => each.version === number) ?? latest;
  const editing = usePending(name, version.version, latest.version);
  const classes = [...new Set([...version.classes.map((each) => each.name), ...editing.pending.newClasses])];
  const show = (wanted: number) => {
    void setNumber(wanted === latest.version ? null : wanted);
    void browse({ class: null, wrong: null, picture: null });
    void choosePairs(null);
  };
  const saved = (made: number) => {
    void setNumber(made > latest.version ? null : made);
    setAdding(null);
    notify(`Version ${made} of ${name} is saved.`);
    // The panel with the button is gone.
    document.getElementById('main')?.focus({ preventScroll: true });
  };
  const showClass = (wanted: string | null) => {
    void browse({ class: wanted });
    if (wanted !== null) document.getElementById('pictures')?.scrollIntoView({ block: 'start' });
  };
  const launch = `${path('runs', 'new')}?dataset=${encodeURIComponent(name)}${version === latest ? '' : `&version=${version.version}`}`;

  return (
    <div className="flex flex-col gap-4">
      <nav aria-label="Breadcrumb" className="-mb-2 text-xs text-muted"><Link href={path('datasets')} className="hover:text-ink hover:underline">Datasets</Link> <span aria-hidden>/</span> <span aria-current="page">{name}</span></nav>
      <PageHeader title={name} lead={`${plural(version.classes.length, 'class', 'classes')}, ${plural(version.trainCount, 'training picture')}, ${plural(version.valCount, 'validation picture')}`}>
        <Button disabled={!editing.here} onClick={() => setAdding({ dropped: null })}><ImagePlus aria-hidden />Add pictures</Button>
        <ButtonLink variant="primary" href={launch}><Play aria-hidden />Train on {version === latest ? 'this' : `version ${version.version}`}</ButtonLink>
      </PageHeader>
      <dl className="flex flex-wrap items-center gap-x-8 gap-y-2">
        <Fact name="Version">{version.version}{version.parent ? `, made from ${version.parent.version}` : ''}</Fact>
        <Fact name="Split">{version.splitSeed === null || version.splitSeed === undefined ? 'as imported' : `made with seed ${version.splitSeed}`}</Fact>
        <Fact name="Imported"><TimeAgo at={version.createdAt} /></Fact>
        <Fact name="Digest"><code className="text-xs">{version.digest.slice(0, 16)}</code><CopyButton text={version.digest} label="Copy the digest" /></Fact>
      </dl>
      <PendingPanel name={name} editing={editing} versions={versions} onShow={show} onSaved={saved} />
      <FindingsPanel name={name} version={version} editing={editing} launch={launch} onClass={showClass} />
      {versions.length > 1 && <Panel title={`Versions (${formatCount(versions.length)})`} flush><VersionTable versions={versions} shown={version.version} onShow={show} /></Panel>}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="Classes" flush><ClassCounts classes={version.classes} chosen={label} onChoose={(wanted) => void browse({ class: wanted })} onRename={editing.here ? setRenaming : null} /></Panel>
        <div className="flex min-w-0 flex-col gap-4">
          <VersionRuns name={name} version={version} />
          {version.skipped.length > 0 && <Panel id="skipped" title={`Skipped files (${formatCount(version.skipped.length)})`} flush><SkippedFiles skipped={version.skipped} /></Panel>}
        </div>
      </div>
      <PicturesPanel key={version.id} name={name} version={version} editing={editing} />
      {versions.length > 1 && <ChangesPanel key={`changes ${version.id}`} name={name} version={version} versions={versions} />}
      <div id="duplicates" tabIndex={-1}><DuplicatesPanel key={`duplicates ${version.id}`} name={name} version={version} /></div>
      <PageDrop what={`Drop to add pictures to ${name}`} enabled={adding === null && editing.here} onPick={(dropped) => setAdding({ dropped })} />
      {adding && <AddPictures name={name} version={version.version} classes={classes} editing={editing} dropped={adding.dropped} onClose={() => setAdding(null)} />}
      {renaming !== null && <ClassNameDialog title={`Rename ${renaming}`} action="Rename" start={editing.pending.renames[renaming] ?? renaming} taken={classes} mayMerge onDone={(to) => editing.rename(renaming, to)} onClose={() => setRenaming(null)} />}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return <div className="flex items-center gap-2"><dt className="text-muted">{name}</dt><dd className="num flex items-center gap-1">{children}</dd></div>;
}
