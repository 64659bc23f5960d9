'use client';

import { hyperparameterFields } from '@thaw/config';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useEffect } from 'react';
import { RunAlerts } from '../alerts/run-alerts';
import { RunPageDocument, type RunDetailFragment, type RunPageQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { epochLog } from '../runs/epoch-log';
import { isActive } from '../runs/run-status';
import { useProjectPath } from '../shell/project-context';
import { Suggestions } from '../suggest/suggestions';
import { EmptyState, Panel, Skeleton } from '../ui/panel';
import { TabPanel, Tabs } from '../ui/tabs';
import { PageWaiting } from '../ui/page-waiting';
import { FactTable, flatten } from './config-table';
import { DeletedRun } from './deleted-run';
import { Failure } from './failure';
import { LoggedArtifacts } from './logged-artifacts';
import { ParentChanges } from './parent-changes';
import { RunCurves } from './run-curves';
import { RunHeader } from './run-header';
import { ScriptCurves } from './script-curves';
import { WaitingPanel } from './waiting-panel';

const loading = () => <Skeleton rows={8} />;
// Each is loaded when somebody opens its tab.
const ConsoleLog = dynamic(() => import('../log/console-log').then((module) => module.ConsoleLog), { ssr: false, loading });
const Evaluation = dynamic(() => import('./evaluation').then((module) => module.Evaluation), { ssr: false, loading });
const Lineage = dynamic(() => import('./lineage-tab').then((module) => module.Lineage), { ssr: false, loading });
const Details = dynamic(() => import('./details').then((module) => module.Details), { ssr: false, loading });
const SystemPanels = dynamic(() => import('../system/system-panels').then((module) => module.SystemPanels), { ssr: false, loading });

const tabs = [{ value: 'overview', label: 'Overview' }, { value: 'evaluation', label: 'Evaluation' }, { value: 'lineage', label: 'Lineage' }, { value: 'log', label: 'Console log' }, { value: 'machine', label: 'Machine' }, { value: 'details', label: 'Details' }] as const;

export function RunPage({ id, seed }: { id: string; seed: RunPageQuery | null }) {
  const path = useProjectPath();
  const { data, error, refetch, startPolling, stopPolling } = useSeededQuery(RunPageDocument, { id }, seed);
  const active = data?.run ? isActive(data.run.status) : false;
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs.map(({ value }) => value)).withDefault('overview').withOptions({ history: 'replace' }));
  useEffect(() => {
    if (active) startPolling(3000);
    else {
      stopPolling();
      // Artifacts and evaluation come with the end of a run.
      void refetch();
    }
  }, [active, startPolling, stopPolling, refetch]);
  if (!data) return <PageWaiting title="Run" error={error} retry={refetch} />;
  const { run, children } = data;
  if (!run) return <EmptyState heading="h1" title="There is no run with this id" actions={<Link href={path('runs')} className="text-accent underline">All runs</Link>}>It may have been deleted, or the address was cut off when it was copied.</EmptyState>;

  return (
    <article className="flex flex-col gap-4">
      {run.deletedAt && <DeletedRun id={run.id} onRestored={() => void refetch()} />}
      <RunHeader run={run}>{children.nodes}</RunHeader>
      {run.status === 'FAILED' && <Failure run={run} onShowLog={() => void setTab('log')} />}
      <WaitingPanel run={run} />
      <RunAlerts runId={run.id} live={active} />
      <Tabs label="Parts of the run" value={tab} onChange={(next) => void setTab(next)} tabs={tabs}>
        <TabPanel value="overview"><Overview run={run} /></TabPanel>
        <TabPanel value="evaluation"><Evaluation run={run} finished={!active} /></TabPanel>
        <TabPanel value="lineage"><Lineage runId={run.id} /></TabPanel>
        <TabPanel value="log"><ConsoleLog run={{ id: run.id, name: run.name, kind: run.kind, live: active }} claims={run.claims} /></TabPanel>
        <TabPanel value="details"><Details run={run} /></TabPanel>
        <TabPanel value="machine"><SystemPanels run={{ id: run.id, kind: run.kind, live: active }} revision={epochLog([run])} /></TabPanel>
      </Tabs>
    </article>
  );
}

/** Key figures stand in the header; here is how it went, and what is different about it. Everything else has a tab of its own. */
function Overview({ run }: { run: RunDetailFragment }) {
  return (
    <>
      {run.kind === 'EXTERNAL' ? <ScriptCurves run={run} /> : <RunCurves run={run} />}
      {run.kind === 'MANAGED' && <Suggestions runId={run.id} ended={run.status === 'FINISHED' || run.status === 'FAILED'} />}
      <LoggedArtifacts run={run} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {run.parentRun && <ParentChanges runId={run.id} parent={run.parentRun} />}
        <Panel title="Configuration" flush><div tabIndex={0} role="region" aria-label="Configuration, scrolls" className="max-h-96 overflow-auto"><FactTable label="Configuration" facts={configFacts(run)} /></div></Panel>
      </div>
    </>
  );
}

function configFacts({ kind, config }: RunDetailFragment): [string, unknown][] {
  if (kind === 'EXTERNAL') return flatten(config);
  const labels = new Map<string, string>(hyperparameterFields.map(({ name, label }) => [name, label]));
  const values = config as Record<string, unknown>;
  const known = hyperparameterFields.filter(({ name }) => name in values).map(({ name }) => name as string);
  return [...new Set([...known, ...Object.keys(values)])].map((key) => [labels.has(key) ? `${labels.get(key)} (${key})` : key, values[key]]);
}
