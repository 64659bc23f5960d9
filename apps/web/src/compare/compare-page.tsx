'use client';

import { useQuery } from '@apollo/client/react';
import { GitCompare } from 'lucide-react';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs';
import { plural } from '../format/numbers';
import { ActiveRunsDocument, CompareDocument, type CompareQuery, type CompareRunFragment } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { AddToReport } from '../reports/add-to-report';
import { isActive } from '../runs/run-status';
import { useProject, useProjectPath } from '../shell/project-context';
import { ButtonLink } from '../ui/button';
import { EmptyState, PageHeader, Skeleton } from '../ui/panel';
import { TabPanel, Tabs } from '../ui/tabs';
import { PageWaiting } from '../ui/page-waiting';
import { choiceQuery, selectionAddress, selectionVariables } from './selection';

/** What each part of the page gets. */
export interface Compared { runs: readonly CompareRunFragment[] }

const loading = () => <Skeleton rows={8} />;
// Each is loaded when somebody opens its tab.
const Curves = dynamic(() => import('./curves/curves').then((module) => module.Curves), { ssr: false, loading });
const Configuration = dynamic(() => import('./configuration/configuration').then((module) => module.Configuration), { ssr: false, loading });
const Parameters = dynamic(() => import('./parameters/parameters').then((module) => module.Parameters), { ssr: false, loading });
const Pictures = dynamic(() => import('./pictures/pictures').then((module) => module.Pictures), { ssr: false, loading });

const tabs = [{ value: 'curves', label: 'Curves' }, { value: 'configuration', label: 'Results and configuration' }, { value: 'parameters', label: 'Parameters' }, { value: 'pictures', label: 'Pictures' }] as const;

export function ComparePage({ seed }: { seed: CompareQuery | null }) {
  const project = useProject();
  const path = useProjectPath();
  const [selection] = useQueryStates(selectionAddress);
  const { data, error, refetch } = useSeededQuery(CompareDocument, { project, ...selectionVariables(selection) }, seed);
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs.map(({ value }) => value)).withDefault('curves').withOptions({ history: 'replace' }));
  const activeIds = (data?.runs.nodes ?? []).filter(({ status }) => isActive(status)).map(({ id }) => id).slice(0, 100);
  useQuery(ActiveRunsDocument, { variables: { ids: activeIds }, skip: activeIds.length === 0, pollInterval: 3000 });
  if (!data) return <PageWaiting title="Compare" error={error} retry={refetch} />;
  const runs = data.runs.nodes;
  if (runs.length === 0) {
    return <EmptyState heading="h1" icon={<GitCompare />} title="Nothing to compare" actions={<ButtonLink href={path('runs')} variant="primary">Choose runs</ButtonLink>}>Tick two or more runs in the runs table, then press Compare.</EmptyState>;
  }
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={`Compare ${plural(runs.length, 'run')}`}><AddToReport page="compare" runs={runs} /><ButtonLink href={path('runs') + choiceQuery(runs.map(({ id }) => id), selection)}>Change selection</ButtonLink></PageHeader>
      <Tabs label="Ways to compare" value={tab} onChange={(next) => void setTab(next)} tabs={tabs}>
        <TabPanel value="curves"><Curves runs={runs} /></TabPanel>
        <TabPanel value="configuration"><Configuration runs={runs} /></TabPanel>
        <TabPanel value="parameters"><Parameters runs={runs} /></TabPanel>
        <TabPanel value="pictures"><Pictures runs={runs} /></TabPanel>
      </Tabs>
    </div>
  );
}
