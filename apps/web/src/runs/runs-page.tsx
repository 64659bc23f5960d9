'use client';

import { useQuery } from '@apollo/client/react';
import { FlaskConical, GitCompare, Plus, Search } from 'lucide-react';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { MetricOverlay } from '../charts/metric-overlay';
import { sortMetricKeys } from '../charts/metric-keys';
import { ActiveRunsDocument, RunsDocument, type RunRowFragment, type RunsQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { formatCount } from '../format/numbers';
import { useProject, useProjectPath } from '../shell/project-context';
import { Button, ButtonLink } from '../ui/button';
import { QueryError } from '../ui/callout';
import { SelectInput, TextInput } from '../ui/fields';
import { EmptyState, PageHeader, Skeleton } from '../ui/panel';
import { DemoPanel } from './demo-panel';
import { DemoResult } from './demo-result';
import { BulkButtons } from './run-actions';
import { isActive, statuses, statusLabel } from './run-status';
import { epochLog } from './epoch-log';
import { runsLoaded } from './runs-loaded';
import { selectionQuery } from '../compare/selection';
import { RunsTable } from './runs-table';

const overlayed = 10;

/** Notices bring new runs at once; a lost one is made good after this time. */
const listPollMs = 10_000;

const address = {
  q: parseAsString.withDefault(''),
  status: parseAsStringLiteral(statuses),
  sort: parseAsString.withDefault('created'),
  dir: parseAsStringLiteral(['asc', 'desc']).withDefault('desc'),
  metric: parseAsString.withDefault('val/accuracy'),
  selected: parseAsArrayOf(parseAsString).withDefault([]),
};

export function RunsPage({ seed }: { seed: RunsQuery | null }) {
  const project = useProject();
  const path = useProjectPath();
  const { data, error, refetch } = useSeededQuery(RunsDocument, { project, first: runsLoaded }, seed, { pollInterval: listPollMs });
  const [{ q, status, sort, dir, metric, selected }, setAddress] = useQueryStates(address, { history: 'replace' });
  const runs = useMemo(() => data?.runs.nodes ?? [], [data]);

  const activeIds = runs.filter((run) => isActive(run.status)).map((run) => run.id).slice(0, 100);
  useQuery(ActiveRunsDocument, { variables: { ids: activeIds }, skip: activeIds.length === 0, pollInterval: 3000 });

  const shown = useMemo(() => runs.filter((run) => (!status || run.status === status) && matches(run, q)), [runs, status, q]);
  const chosen = useMemo(() => new Set(selected.filter((id) => runs.some((run) => run.id === id))), [selected, runs]);
  const charted = chosen.size > 0 ? runs.filter((run) => chosen.has(run.id)) : shown.slice(0, overlayed);
  const select = (ids: string[], on: boolean) => void setAddress({ selected: on ? [...new Set([...chosen, ...ids])] : [...chosen].filter((id) => !ids.includes(id)) });

  const newRun = <ButtonLink href={path('runs', 'new')} variant="primary"><Plus aria-hidden />New run</ButtonLink>;
  if (!data) return error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={10} />;

  if (runs.length === 0) {
    return (
      <div className="flex flex-col gap-4">
        <PageHeader title="Runs">{newRun}</PageHeader>
        <DemoPanel />
        <div className="rounded-lg border">
          <EmptyState icon={<FlaskConical />} title="No runs in this project yet" actions={data.datasets.nodes.length > 0
            ? <ButtonLink href={path('runs', 'new')}>Launch a run</ButtonLink>
            : <ButtonLink href={path('datasets')}>Import a dataset</ButtonLink>}>
            {data.datasets.nodes.length > 0 ? 'Choose a dataset and a backbone, and launch the first run.' : 'Import a folder or zip of pictures first, one folder per class. Then choose a backbone and launch.'}
          </EmptyState>
        </div>
      </div>
    );
  }

  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Runs">{newRun}</PageHeader>
      <DemoResult runs={runs} />
      <MetricOverlay runs={charted} metric={metric} metrics={commonMetrics} onMetric={(next) => void setAddress({ metric: next })}
        revision={epochLog(charted)} note={chosen.size > 0 ? `${chosen.size} selected` : charted.length < shown.length ? `The newest ${charted.length}; select runs to choose` : undefined} />
      <div className="flex flex-wrap items-center gap-2">
        <div className="relative w-full sm:w-72">
          <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-faint" />
          <TextInput data-page-search type="search" aria-label="Search runs" placeholder="Name, dataset, backbone, tag" value={q}
            onChange={(event) => void setAddress({ q: event.target.value || null })} className="pr-8 pl-8" />
          <kbd aria-hidden className="absolute top-1.5 right-2 hidden rounded border bg-sunken px-1.5 font-mono text-xs text-faint sm:block">/</kbd>
        </div>
        <SelectInput aria-label="Status" value={status ?? ''} onChange={(event) => void setAddress({ status: (event.target.value || null) as typeof status })} className="w-36!">
          <option value="">Any status</option>
          {statuses.map((value) => <option key={value} value={value}>{statusLabel(value)}</option>)}
        </SelectInput>
        <span className="num text-xs text-faint" role="status">{shown.length === runs.length ? `${formatCount(data.runs.totalCount)} runs` : `${formatCount(shown.length)} of ${formatCount(runs.length)} runs`}</span>
        <span className="ml-auto flex flex-wrap items-center justify-end gap-2">
          {chosen.size > 0 && <BulkButtons runs={runs.filter((run) => chosen.has(run.id))} />}
          {chosen.size > 0 && <Button variant="ghost" size="sm" onClick={() => void setAddress({ selected: null })}>Clear selection</Button>}
          <CompareLink ids={[...chosen]} />
        </span>
      </div>
      {shown.length === 0 ? (
        <div className="rounded-lg border"><EmptyState title="No run matches" actions={<Button onClick={() => void setAddress({ q: null, status: null })}>Clear search and filter</Button>} /></div>
      ) : (
        <RunsTable runs={shown} sort={{ id: sort, desc: dir === 'desc' }} selected={chosen} onSelect={select}
          onSort={({ id, desc }) => void setAddress({ sort: id, dir: desc ? 'desc' : 'asc' })} />
      )}
      {data.runs.totalCount > runs.length && <p className="text-xs text-faint">The newest {formatCount(runs.length)} of {formatCount(data.runs.totalCount)} runs are shown and searched.</p>}
    </div>
  );
}

const commonMetrics = sortMetricKeys(['val/accuracy', 'val/loss', 'train/accuracy', 'train/loss', 'lr', 'throughput']);

function matches(run: RunRowFragment, search: string): boolean {
  const text = [run.name, run.dataset?.dataset.name, run.backbone?.name, run.backbone?.title, run.kind, run.id, ...run.tags].join(' ').toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function CompareLink({ ids }: { ids: string[] }) {
  const path = useProjectPath();
  if (ids.length < 2) return <Button disabled title="Select two or more runs to compare them"><GitCompare aria-hidden />Compare</Button>;
  return <ButtonLink href={selectionQuery(path('compare'), { runs: ids })}><GitCompare aria-hidden />Compare {ids.length} runs</ButtonLink>;
}
