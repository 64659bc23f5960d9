'use client';

import { Cpu } from 'lucide-react';
import Link from 'next/link';
import { TrainersDocument, type TrainersQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { formatValue } from '../format/numbers';
import { TimeAgo } from '../format/time';
import { flatten } from '../run/config-table';
import { StatusBadge } from '../runs/run-status';
import { projectPath } from '../shell/project-context';
import { QueryError } from '../ui/callout';
import { cx } from '../ui/cx';
import { EmptyState, PageHeader, Skeleton } from '../ui/panel';

export function TrainersPage({ seed }: { seed: TrainersQuery | null }) {
  const { data, error, refetch } = useSeededQuery(TrainersDocument, {}, seed, { pollInterval: 3000 });
  const trainers = [...(data?.trainers ?? [])].sort((a, b) => Number(b.alive) - Number(a.alive) || b.lastSeenAt.localeCompare(a.lastSeenAt));
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Trainers" lead="Processes that take runs from the queue and train them, here or on other machines." />
      {!data ? (error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton />) : trainers.length === 0 ? (
        <div className="rounded-lg border"><EmptyState icon={<Cpu />} title="No trainer has reported yet"><code>npm start</code> starts one beside the server. It shows here within seconds; look in that terminal if it does not.</EmptyState></div>
      ) : (
        <div className="overflow-x-auto rounded-lg border bg-panel">
          <table className="grid-table" aria-label="Trainers">
            <thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col">Backend</th><th scope="col">Current run</th><th scope="col">Machine</th><th scope="col" className="right">Last seen</th></tr></thead>
            <tbody>
              {trainers.map((trainer) => (
                <tr key={trainer.id} className={trainer.alive ? undefined : 'text-muted'}>
                  <td className="font-medium">{trainer.name}</td>
                  <td><span className="inline-flex items-center gap-1.5 whitespace-nowrap"><span aria-hidden className={cx('size-2 rounded-full', trainer.alive ? 'bg-success' : 'bg-faint')} />{trainer.alive ? (trainer.currentRuns.length > 0 ? 'Training' : 'Waiting for runs') : 'Gone'}</span></td>
                  <td><code className="text-xs">{trainer.backend}</code></td>
                  <td>{trainer.currentRuns.length === 0 ? '–' : trainer.currentRuns.map((run) => <span key={run.id} className="mr-3 inline-flex items-center gap-2"><Link href={projectPath(run.project.name, 'runs', run.id)} className="font-medium hover:underline">{run.name}</Link><StatusBadge status={run.status} phase={run.phase} /></span>)}</td>
                  <td><Machine environment={trainer.environment} /></td>
                  <td className="right whitespace-nowrap"><TimeAgo at={trainer.lastSeenAt} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Machine({ environment }: { environment: unknown }) {
  const facts = flatten(environment);
  if (facts.length === 0) return <>–</>;
  return (
    <details>
      <summary className="text-muted">{facts.length} facts</summary>
      <dl className="mt-1 grid max-w-md grid-cols-[auto_1fr] gap-x-3 text-xs">{facts.map(([key, value]) => <div key={key} className="contents"><dt className="text-muted">{key}</dt><dd className="break-all">{formatValue(value)}</dd></div>)}</dl>
    </details>
  );
}
