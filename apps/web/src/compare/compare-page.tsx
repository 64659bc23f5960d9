'use client';

import { useQuery } from '@apollo/client/react';
import { GitCompare } from 'lucide-react';
import { parseAsString, useQueryState } from 'nuqs';
import { sortMetricKeys } from '../charts/metric-keys';
import { MetricOverlay } from '../charts/metric-overlay';
import { RunDot } from '../charts/run-dot';
import { ActiveRunsDocument, CompareDocument, CompareEvaluationsDocument, type CompareQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { ConfusionMatrix } from '../run/confusion-matrix';
import { epochLog } from '../runs/epoch-log';
import { isActive } from '../runs/run-status';
import { useProject, useProjectPath } from '../shell/project-context';
import { ButtonLink } from '../ui/button';
import { QueryError } from '../ui/callout';
import { EmptyState, PageHeader, Panel, Skeleton } from '../ui/panel';
import { Differences } from './differences-table';
import { ResultsTable } from './results-table';

export function ComparePage({ ids, seed }: { ids: string[]; seed: CompareQuery | null }) {
  const project = useProject();
  const path = useProjectPath();
  const { data, error, refetch } = useSeededQuery(CompareDocument, { project, ids }, seed);
  const [metric, setMetric] = useQueryState('metric', parseAsString.withDefault('val/accuracy'));
  const activeIds = (data?.runs.nodes ?? []).filter(({ status }) => isActive(status)).map(({ id }) => id);
  useQuery(ActiveRunsDocument, { variables: { ids: activeIds }, skip: activeIds.length === 0, pollInterval: 3000 });
  if (!data) return error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={12} />;
  const runs = data.runs.nodes;
  if (runs.length === 0) {
    return <EmptyState heading="h1" icon={<GitCompare />} title="Nothing to compare" actions={<ButtonLink href={path('runs')} variant="primary">Choose runs</ButtonLink>}>Tick two or more runs in the runs table, then press Compare.</EmptyState>;
  }
  const logged = runs.flatMap((run) => [...run.finalMetrics, ...run.metrics].map(({ key }) => key));
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title={`Compare ${runs.length} runs`}><ButtonLink href={`${path('runs')}?selected=${runs.map(({ id }) => id).join(',')}`}>Change selection</ButtonLink></PageHeader>
      <MetricOverlay runs={runs} metric={metric} metrics={sortMetricKeys([...logged, 'train/accuracy', 'train/loss', 'lr'])} onMetric={(key) => void setMetric(key)} height={300} revision={epochLog(runs)} />
      <Panel title="Results" flush><ResultsTable runs={runs} /></Panel>
      <Differences runs={runs} />
      <Matrices ids={runs.filter(({ status }) => !isActive(status)).slice(0, 6).map(({ id }) => id)} names={new Map(runs.map(({ id, name }) => [id, name]))} />
    </div>
  );
}

function Matrices({ ids, names }: { ids: string[]; names: ReadonlyMap<string, string> }) {
  const { data } = useQuery(CompareEvaluationsDocument, { variables: { ids }, skip: ids.length === 0 });
  const evaluated = ids.flatMap((id) => {
    const evaluation = data?.runs.nodes.find((run) => run.id === id)?.evaluation;
    return evaluation && evaluation.classes.length <= 30 ? [{ id, evaluation }] : [];
  });
  if (evaluated.length === 0) return null;
  return (
    <Panel title="Confusion matrices">
      <div className="flex flex-wrap gap-x-10 gap-y-6">
        {evaluated.map(({ id, evaluation }) => (
          <div key={id} className="min-w-0">
            <h3 className="mb-1 flex items-center gap-2 font-medium"><RunDot id={id} />{names.get(id)}</h3>
            <ConfusionMatrix classes={evaluation.classes} matrix={evaluation.confusionMatrix} label={`Confusion matrix of ${names.get(id)}`} />
          </div>
        ))}
      </div>
    </Panel>
  );
}
