import type { RunStatus } from '../../schema';
import { ask, list, type Client } from './statement';
import type { DigestedBatch } from './store-batches';

/** What decides whether a batch may be stored. */
export interface Owner {
  projectId: string;
  status: RunStatus;
  leaseToken: string | null;
  claim: number;
  deleted: boolean;
}

export interface TakenBatches {
  owners: ReadonlyMap<string, Owner>;
  /** Those of the given ones that are stored for the first time, and from now on are known. */
  isNew: ReadonlySet<DigestedBatch>;
}

const statement = (ifLocked: string) => `with owner as materialized (
  select r.id, r.project_id, r.status, r.lease_token, r.claims, r.deleted_at is not null or p.deleted_at is not null as deleted
  from run r join project p on p.id = r.project_id where r.id = any($1::uuid[]) order by r.id for no key update of r ${ifLocked}
), inserted as (
  insert into metric_batch (run_id, claim, batch_id, accepted, digest)
  select b.run_id, o.claims, b.batch_id, b.accepted, b.digest
  from unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::bytea[]) as b(run_id, batch_id, lease_token, accepted, digest) join owner o on o.id = b.run_id
  where o.status = 'RUNNING' and not o.deleted and o.lease_token is not distinct from b.lease_token
  on conflict do nothing returning run_id, batch_id
)
select id, project_id, status, lease_token, claims, deleted, null from owner union all select run_id, null, null, null, null, null, batch_id from inserted`;

/** An owner; or, with a batchId, a batch that was inserted. */
type Row = [runId: string, projectId: string | null, status: RunStatus | null, leaseToken: string | null, claim: number | null, deleted: boolean | null, batchId: string | null];

/**
 * Locks the runs and notes the batches. Batches of one run are stored one after the other, so that summaries and the order
 * of chunks are right; runs are locked in order of id, so that two that lock the same ones do not wait for each other.
 * skipLocked leaves out runs that somebody else holds.
 */
export async function takeBatches(client: Client, batches: readonly DigestedBatch[], { skipLocked }: { skipLocked: boolean }): Promise<TakenBatches> {
  const candidates = [...new Map(batches.map((batch) => [`${batch.runId} ${batch.leaseToken} ${batch.batchId}`, batch] as const).reverse()).values()];
  const rows = await ask<Row>(client, skipLocked ? 'takeFreeMetricBatches' : 'takeMetricBatches', statement(skipLocked ? 'skip locked' : ''), [
    list([...new Set(batches.map(({ runId }) => runId))]),
    list(candidates.map(({ runId }) => runId)),
    candidates.map(({ batchId }) => batchId),
    candidates.map(({ leaseToken }) => leaseToken),
    list(candidates.map(pointsOf)),
    candidates.map(({ digest }) => digest),
  ]);
  const owners = new Map<string, Owner>();
  const inserted = new Set<string>();
  for (const row of rows) {
    const [runId, projectId, status, leaseToken, claim, deleted, batchId] = row;
    if (batchId === null) owners.set(runId, { projectId: projectId!, status: status!, leaseToken, claim: claim!, deleted: deleted! });
    else inserted.add(`${runId} ${batchId}`);
  }
  return { owners, isNew: new Set(candidates.filter(({ runId, batchId, leaseToken }) => inserted.has(`${runId} ${batchId}`) && owners.get(runId)?.leaseToken === leaseToken)) };
}

export const pointsOf = ({ series }: DigestedBatch) => series.reduce((sum, { steps }) => sum + steps.length, 0);
