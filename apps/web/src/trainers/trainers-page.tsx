'use client';

import { useApolloClient, useSubscription } from '@apollo/client/react';
import { Cpu } from 'lucide-react';
import { useRef, useState } from 'react';
import { AnyRunChangedDocument, TrainersDocument, type TrainersQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { plural } from '../format/numbers';
import { QueryError } from '../ui/callout';
import { Button } from '../ui/button';
import { EmptyState, PageHeader, Skeleton } from '../ui/panel';
import { QueueTable } from './queue-table';
import { StartTrainer } from './start-trainer';
import { TrainerCard } from './trainer-card';

/** Notices bring changes at once; what tells of nobody's death is asked again after this time. */
const pollMs = 5000;

export function TrainersPage({ seed }: { seed: TrainersQuery | null }) {
  const { data, error, refetch } = useSeededQuery(TrainersDocument, {}, seed, { pollInterval: pollMs });
  const [all, setAll] = useState(false);
  useRefetchOnChange();
  const byName = [...(data?.trainers ?? [])].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  const alive = byName.filter((trainer) => trainer.alive);
  const gone = byName.filter((trainer) => !trainer.alive).sort((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt));
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Trainers" lead="Processes that take runs from the queue and train them, here or on other machines." />
      {!data ? (error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton />) : (
        <>
          {alive.length === 0 ? (
            <div className="rounded-lg border"><EmptyState icon={<Cpu />} title={gone.length > 0 ? 'No trainer is alive' : 'No trainer has reported yet'}><code>npm start</code> starts one beside the server. It shows here within seconds; look in that terminal if it does not.</EmptyState></div>
          ) : (
            <div className="grid items-start gap-4 lg:grid-cols-2 2xl:grid-cols-3">{alive.map((trainer) => <TrainerCard key={trainer.id} trainer={trainer} />)}</div>
          )}
          <QueueTable runs={data.queue.nodes} totalCount={data.queue.totalCount} />
          {gone.length > 0 && (
            <section aria-label="Trainers that are gone" className="flex flex-col gap-3">
              <div className="flex items-center gap-3"><h2 className="text-[13px] font-semibold">{plural(gone.length, 'trainer')} gone</h2><Button size="sm" variant="ghost" aria-expanded={all} onClick={() => setAll(!all)}>{all ? 'Hide' : 'Show'}</Button></div>
              {all && <div className="grid items-start gap-4 lg:grid-cols-2 2xl:grid-cols-3">{gone.map((trainer) => <TrainerCard key={trainer.id} trainer={trainer} />)}</div>}
            </section>
          )}
          <StartTrainer />
        </>
      )}
    </div>
  );
}

/** Runs of every project, since trainers work for all of them; many changes shortly after one another are one look. */
function useRefetchOnChange(): void {
  const client = useApolloClient();
  const due = useRef(false);
  useSubscription(AnyRunChangedDocument, {
    ignoreResults: true,
    onData: () => {
      if (due.current) return;
      due.current = true;
      setTimeout(() => {
        due.current = false;
        void client.refetchQueries({ include: [TrainersDocument] });
      }, 1000);
    },
  });
}
