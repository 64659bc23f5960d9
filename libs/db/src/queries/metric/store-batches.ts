import { mergeSeries, type NamedSeries, type Series } from '@thaw/series';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { PoolClient } from 'pg';
import type { Database } from '../../connect';
import { ensureKeys } from '../key/ensure-keys';
import type { AppendedMetrics, MetricBatch } from './append-metrics';
import type { FreshChunks } from './fresh-series';
import { type KnownKey, recallKey } from './key-cache';
import type { Owner } from './lock-owners';
import { Growth } from './growth';
import { repairSummary } from './repair-summary';
import { ask, list, type Client } from './statement';
import { writeSeries } from './write-series';

export interface DigestedBatch extends MetricBatch {
  digest: Buffer;
}

export interface StoredBatches {
  /** One for each batch, in their order. */
  answers: AppendedMetrics[];
  /** Runs that got points. */
  runIds: string[];
  fresh: FreshChunks[];
  keys: KnownKey[];
}

/** Within a transaction that holds the locks of the owners: each batch is stored or refused for itself. */
export async function storeBatches(client: Client, owners: ReadonlyMap<string, Owner>, batches: readonly DigestedBatch[], cacheOf?: Database): Promise<StoredBatches> {
  const verdicts = batches.map((batch) => judge(owners.get(batch.runId), batch));
  const answers: (AppendedMetrics | undefined)[] = verdicts.map((verdict) => (verdict === 'STORE' || verdict === 'RECALL' ? undefined : { ok: false, reason: verdict }));
  const claimOf = (batch: DigestedBatch) => owners.get(batch.runId)!.claim;

  const first = firstOfEach(batches);
  const isNew = await insertBatches(client, batches.filter((batch, index) => verdicts[index] === 'STORE' && first.get(idOf(batch)) === batch), claimOf);
  const open = batches.filter((batch, index) => answers[index] === undefined && !(isNew.has(batch)));
  const known = await findBatches(client, open.filter((batch) => !isNew.has(first.get(idOf(batch))!)), claimOf);
  batches.forEach((batch, index) => {
    if (answers[index]) return;
    if (isNew.has(batch)) return void (answers[index] = { ok: true, accepted: pointsOf(batch) });
    const twin = first.get(idOf(batch))!;
    const earlier = isNew.has(twin) ? { accepted: pointsOf(twin), digest: twin.digest } : known.get(idOf(batch));
    if (!earlier) answers[index] = { ok: false, reason: 'RUN_ENDED' };
    else answers[index] = !earlier.digest || earlier.digest.equals(batch.digest) ? { ok: true, accepted: earlier.accepted } : { ok: false, reason: 'BATCH_ID_REUSED' };
  });

  const fresh = batches.filter((batch) => isNew.has(batch) && pointsOf(batch) > 0);
  if (fresh.length === 0) return { answers: answers as AppendedMetrics[], runIds: [], fresh: [], keys: [] };
  const { ids, learnt } = await identifyKeys(client, owners, fresh, cacheOf);
  const growths = await findGrowths(client, owners, fresh, ids);
  for (const batch of fresh) {
    for (const [key, series] of byKey(batch.series)) growths.get(`${batch.runId} ${ids.get(owners.get(batch.runId)!.projectId)!.get(key)!}`)!.add(series);
  }
  for (const growth of growths.values()) if (growth.disturbed) growth.summary = await repairSummary(client, growth);
  return { answers: answers as AppendedMetrics[], runIds: [...new Set(fresh.map(({ runId }) => runId))], fresh: await writeSeries(client, [...growths.values()]), keys: learnt };
}

/** STORE; or RECALL: nothing new is taken, but a batch that came in time is still answered. */
function judge(owner: Owner | undefined, { leaseToken }: MetricBatch): 'STORE' | 'RECALL' | Extract<AppendedMetrics, { ok: false }>['reason'] {
  if (!owner) return 'RUN_UNKNOWN';
  if (owner.deleted) return 'RUN_DELETED';
  const ended = owner.status === 'FINISHED' || owner.status === 'FAILED' || owner.status === 'CANCELLED';
  if (owner.leaseToken !== leaseToken) return ended ? 'RUN_ENDED' : 'LEASE_LOST';
  if (ended) return 'RECALL';
  return owner.status === 'RUNNING' ? 'STORE' : 'LEASE_LOST';
}

// All batches of a run in one transaction belong to the same claim of it.
const idOf = ({ runId, batchId }: MetricBatch) => `${runId} ${batchId}`;
const pointsOf = ({ series }: MetricBatch) => series.reduce((sum, { steps }) => sum + steps.length, 0);

function firstOfEach(batches: readonly DigestedBatch[]): Map<string, DigestedBatch> {
  const first = new Map<string, DigestedBatch>();
  for (const batch of batches) if (!first.has(idOf(batch))) first.set(idOf(batch), batch);
  return first;
}

/** Those that had not been stored before. */
async function insertBatches(client: Client, batches: readonly DigestedBatch[], claimOf: (batch: DigestedBatch) => number): Promise<Set<DigestedBatch>> {
  if (batches.length === 0) return new Set();
  const rows = await ask<[runId: string, batchId: string]>(
    client,
    'insertMetricBatches',
    `insert into metric_batch (run_id, claim, batch_id, accepted, digest)
select * from unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::bytea[]) on conflict do nothing returning run_id, batch_id`,
    [list(batches.map(({ runId }) => runId)), list(batches.map(claimOf)), batches.map(({ batchId }) => batchId), list(batches.map(pointsOf)), batches.map(({ digest }) => digest)],
  );
  const inserted = new Set(rows.map(([runId, batchId]) => `${runId} ${batchId}`));
  return new Set(batches.filter((batch) => inserted.has(idOf(batch))));
}

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

async function identifyKeys(client: Client, owners: ReadonlyMap<string, Owner>, batches: readonly DigestedBatch[], cacheOf?: Database) {
  const ids = new Map<string, Map<string, number>>();
  const missing = new Map<string, Set<string>>();
  for (const { runId, series } of batches) {
    const { projectId } = owners.get(runId)!;
    let known = ids.get(projectId);
    if (!known) ids.set(projectId, (known = new Map()));
    for (const { key, steps } of series) {
      if (steps.length === 0 || known.has(key)) continue;
      const id = cacheOf && recallKey(cacheOf, projectId, key);
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

/** Where each series stands that the batches add to. */
async function findGrowths(client: Client, owners: ReadonlyMap<string, Owner>, batches: readonly DigestedBatch[], ids: ReadonlyMap<string, ReadonlyMap<string, number>>): Promise<Map<string, Growth>> {
  const growths = new Map<string, Growth>();
  for (const { runId, series } of batches) {
    const { projectId, claim } = owners.get(runId)!;
    for (const { key, steps } of series) {
      const keyId = ids.get(projectId)!.get(key)!;
      if (steps.length > 0 && !growths.has(`${runId} ${keyId}`)) growths.set(`${runId} ${keyId}`, new Growth(runId, keyId, claim));
    }
  }
  const wanted = [...growths.values()];
  const rows = await ask<SeriesRow>(
    client,
    'findMetricSeries',
    `select s.id, s.run_id, s.key_id, s.claim, s.count, s.last, s.last_step, s.min, s.min_step, s.max, s.max_step
from unnest($1::uuid[], $2::int[]) as w(run_id, key_id) join metric_series s on s.run_id = w.run_id and s.key_id = w.key_id`,
    [list(wanted.map(({ runId }) => runId)), list(wanted.map(({ keyId }) => keyId))],
  );
  for (const [id, runId, keyId, claim, count, last, lastStep, min, minStep, max, maxStep] of rows) {
    growths.get(`${runId} ${keyId}`)!.continues(Number(id), claim, { count: Number(count), last, lastStep: Number(lastStep), min, minStep: numberOrNull(minStep), max, maxStep: numberOrNull(maxStep) });
  }
  return growths;
}
