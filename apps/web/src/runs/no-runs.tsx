'use client';

import { FlaskConical } from 'lucide-react';
import type { ReactNode } from 'react';
import { useProjectPath } from '../shell/project-context';
import { ButtonLink } from '../ui/button';
import { EmptyState, PageHeader } from '../ui/panel';
import { DemoPanel } from './demo-panel';

/** The page of a project without runs: what comes next. */
export function NoRuns({ newRun, hasDatasets, onLaunched }: { newRun: ReactNode; hasDatasets: boolean; onLaunched: () => void }) {
  const path = useProjectPath();
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Runs">{newRun}</PageHeader>
      <DemoPanel onLaunched={onLaunched} />
      <div className="rounded-lg border">
        <EmptyState icon={<FlaskConical />} title="No runs in this project yet" actions={hasDatasets
          ? <ButtonLink href={path('runs', 'new')}>Launch a run</ButtonLink>
          : <ButtonLink href={path('datasets')}>Import a dataset</ButtonLink>}>
          {hasDatasets ? 'Choose a dataset and a backbone, and launch the first run.' : 'Import a folder or zip of pictures first, one folder per class. Then choose a backbone and launch.'}
        </EmptyState>
      </div>
    </div>
  );
}
