'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { useState } from 'react';
import { TrainerClaimsDocument } from '../generated/graphql';
import { formatCount } from '../format/numbers';
import { Stretch, TimeAgo } from '../format/time';
import { claimEnd } from '../run/claim-words';
import { projectPath } from '../shell/project-context';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { Skeleton } from '../ui/panel';

const step = 20;

/** What the trainer has worked on, the newest first. */
export function TrainerHistory({ id, name }: { id: string; name: string }) {
  const [first, setFirst] = useState(step);
  const { data, previousData, error, refetch, loading } = useQuery(TrainerClaimsDocument, { variables: { id, first }, fetchPolicy: 'cache-and-network', pollInterval: 10_000 });
  const claims = (data ?? previousData)?.trainer?.claims;
  if (!claims) return error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={3} />;
  if (claims.nodes.length === 0) return <p className="text-muted">It has had no run yet.</p>;
  return (
    <div className="flex flex-col gap-2">
      <div className="overflow-x-auto rounded-md border">
        <table className="grid-table" aria-label={`History of ${name}`}>
          <thead><tr><th scope="col">Run</th><th scope="col" className="right">Attempt</th><th scope="col" className="right">Began</th><th scope="col" className="right">For</th><th scope="col">Ended</th></tr></thead>
          <tbody>
            {claims.nodes.map(({ number, attempt, startedAt, endedAt, outcome, reason, run }) => {
              const { text, tone } = claimEnd({ outcome });
              return (
                <tr key={`${run.id} ${number}`}>
                  <td><Link href={projectPath(run.project.name, 'runs', run.id)} className="font-medium hover:underline">{run.name}</Link></td>
                  <td className="right num">{attempt}</td>
                  <td className="right whitespace-nowrap"><TimeAgo at={startedAt} /></td>
                  <td className="right num whitespace-nowrap"><Stretch startedAt={startedAt} endedAt={endedAt} /></td>
                  <td><span className={tone}>{text}</span>{reason && <span className="text-muted"> · {reason}</span>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {claims.nodes.length < claims.totalCount && <Button size="sm" className="self-start" busy={loading} onClick={() => setFirst(Math.min(1000, first + step))}>Show more of {formatCount(claims.totalCount)}</Button>}
    </div>
  );
}
