import { mergeSeries, type NamedSeries, type Series } from '@thaw/series';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { PoolClient } from 'pg';
import type { Database } from '../../connect';
import { ensureKeys } from '../key/ensure-keys';
import type { AppendedMetrics, MetricBatch } from './append-metrics';
import { Growth } from './growth';
import { type KnownKey, recallKey, recallProject } from '../key/key-cache';
import { repairSummary } from './repair-summary';
import { ask, list, type Client } from './statement';
import { pointsOf, type Owner, type TakenBatches } from './take-batches';

export interface DigestedBatch extends MetricBatch {
  digest: Buffer;
}

/** What becomes of each batch, in their order. */
export async function answerBatches(client: Client, { owners, isNew }: TakenBatches, batches: readonly DigestedBatch[]): Promise<AppendedMetrics[]> {
  const refusals = batches.map((batch) => refusalOf(owners.get(batch.runId), batch));
  const twins = new Map([...isNew].map((batch) => [idOf(batch), batch]));
  const known = await findBatches(client, batches.filter((batch, index) => !refusals[index] && !twins.has(idOf(batch))), (batch) => owners.get(batch.runId)!.claim);
  return batches.map((batch, index) => {
    if (refusals[index]) return { ok: false, reason: refusals[index] };
    const twin = twins.get(idOf(batch));
    const earlier = twin ? { accepted: pointsOf(twin), digest: twin.digest } : known.get(idOf(batch));
    if (!earlier) return { ok: false, reason: 'RUN_ENDED' };
    return !earlier.digest || earlier.digest.equals(batch.digest) ? { ok: true, accepted: earlier.accepted } : { ok: false, reason: 'BATCH_ID_REUSED' };
  });
}

/** null for a batch that is stored, or was. */
function refusalOf(owner: Owner | undefined, { leaseToken }: MetricBatch): Extract<AppendedMetrics, { ok: false }>['reason'] | null {
  if (!owner) return 'RUN_UNKNOWN';
  if (owner.deleted) return 'RUN_DELETED';
  const ended = owner.status === 'FINISHED' || owner.status === 'FAILED' || owner.status === 'CANCELLED';
  if (owner.leaseToken !== leaseToken) return ended ? 'RUN_ENDED' : 'LEASE_LOST';
  // An ended run takes nothing new, but a batch that came in time is still answered.
  return ended || owner.status === 'RUNNING' ? null : 'LEASE_LOST';
}

// All batches of a run in one transaction belong to the same claim of it.
const idOf = ({ runId, batchId }: MetricBatch) => `${runId} ${batchId}`;

async function findBatches(client: Client, batches: readonly DigestedBatch[], claimOf: (batch: DigestedBatch) => number): Promise<Map<string, { accepted: number; digest: Buffer | null }>> {
  if (batches.length === 0) return new Map();
  const rows = await ask<[runId: string, batchId: string, accepted: number, digest: Buffer | null]>(
    client,
    'findMetricBatches',
    `select b.run_id, b.batch_id, b.accepted, b.digest from unnest($1::uuid[], $2::int[], $3::text[]) as w(run_id, claim, batch_id)
join metric_batch b on b.run_id = w.run_id and b.claim = w.claim and b.batch_id = w.batch_id`,
    [list(batches.map(({ runId }) => runId)), list(batches.map(claimOf)), batches.map(({ batchId }) => batchId)],
  );
  return new Map(rows.map(([runId, batchId, accepted, digest]) => [`${runId} ${batchId}`, { accepted, digest }]));
}

/** Columns of the same key in one batch are one series, by step. */
function byKey(series: readonly NamedSeries[]): Map<string, Series> {
  const parts = new Map<string, Series[]>();
  for (const each of series) {
    if (each.steps.length === 0) continue;
    const same = parts.get(each.key);
    if (same) same.push(each);
    else parts.set(each.key, [each]);
  }
  return new Map([...parts].map(([key, same]) => [key, mergeSeries(same)]));
}

/** The series that new batches add to, summaries continued or repaired; ready to be written. */
export async function growSeries(client: Client, { owners, isNew }: TakenBatches, foreseen: readonly SeriesRow[] | null, cacheOf: Database): Promise<{ growths: Growth[]; keys: KnownKey[] }> {
  const fresh = [...isNew].filter((batch) => pointsOf(batch) > 0);
  if (fresh.length === 0) return { growths: [], keys: [] };
  const { ids, learnt } = await identifyKeys(client, owners, fresh, cacheOf);
  const growths = new Map<string, Growth>();
  const growthOf = (runId: string, key: string) => {
    const { projectId, claim } = owners.get(runId)!;
    const keyId = ids.get(projectId)!.get(key)!;
    const name = `${runId} ${keyId}`;
    let growth = growths.get(name);
    if (!growth) growths.set(name, (growth = new Growth(runId, keyId, claim)));
    return growth;
  };
  const parts = fresh.flatMap(({ runId, series }) => [...byKey(series)].map(([key, joined]) => ({ growth: growthOf(runId, key), joined })));
  const wanted = [...growths.values()];
  for (const [id, runId, keyId, claim, count, last, lastStep, min, minStep, max, maxStep] of foreseen ?? (await findSeries(client, wanted))) {
    growths.get(`${runId} ${keyId}`)?.continues(Number(id), claim, { count: Number(count), last, lastStep: Number(lastStep), min, minStep: numberOrNull(minStep), max, maxStep: numberOrNull(maxStep) });
  }
  for (const { growth, joined } of parts) growth.add(joined);
  for (const growth of wanted) if (growth.disturbed) growth.summary = await repairSummary(client, growth);
  return { growths: wanted, keys: learnt };
}

/** The stored series, when they can be named before the runs have been read; sent right behind the locks. */
export function findKnownGrowths(client: Client, cacheOf: Database, batches: readonly DigestedBatch[]): Promise<SeriesRow[] | null> {
  const wanted = new Map<string, { runId: string; keyId: number }>();
  for (const { runId, series } of batches) {
    const projectId = recallProject(cacheOf, runId);
    if (!projectId) return Promise.resolve(null);
    for (const { key } of series) {
      const keyId = recallKey(cacheOf, projectId, key);
      if (keyId === undefined) return Promise.resolve(null);
      wanted.set(`${runId} ${keyId}`, { runId, keyId });
    }
  }
  return findSeries(client, [...wanted.values()]);
}

async function identifyKeys(client: Client, owners: ReadonlyMap<string, Owner>, batches: readonly DigestedBatch[], cacheOf: Database) {
  const ids = new Map<string, Map<string, number>>();
  const missing = new Map<string, Set<string>>();
  for (const { runId, series } of batches) {
    const { projectId } = owners.get(runId)!;
    let known = ids.get(projectId);
    if (!known) ids.set(projectId, (known = new Map()));
    for (const { key, steps } of series) {
      if (steps.length === 0 || known.has(key)) continue;
      const id = recallKey(cacheOf, projectId, key);
      if (id !== undefined) known.set(key, id);
      else missing.set(projectId, (missing.get(projectId) ?? new Set()).add(key));
    }
  }
  const learnt: KnownKey[] = [];
  for (const projectId of [...missing.keys()].sort()) {
    for (const [name, id] of await ensureKeys(drizzle(client as PoolClient) as unknown as Database, projectId, 'METRIC', [...missing.get(projectId)!])) {
      ids.get(projectId)!.set(name, id);
      learnt.push({ projectId, name, id });
    }
  }
  return { ids, learnt };
}

type SeriesRow = [id: string, runId: string, keyId: number, claim: number, count: string, last: number, lastStep: string, min: number | null, minStep: string | null, max: number | null, maxStep: string | null];

const numberOrNull = (text: string | null) => (text === null ? null : Number(text));

const findSeries = (client: Client, wanted: readonly { runId: string; keyId: number }[]): Promise<SeriesRow[]> =>
  ask<SeriesRow>(
    client,
    'findMetricSeries',
    `select s.id, s.run_id, s.key_id, s.claim, s.count, s.last, s.last_step, s.min, s.min_step, s.max, s.max_step
from unnest($1::uuid[], $2::int[]) as w(run_id, key_id) join metric_series s on s.run_id = w.run_id and s.key_id = w.key_id`,
    [list(wanted.map(({ runId }) => runId)), list(wanted.map(({ keyId }) => keyId))],
  );
