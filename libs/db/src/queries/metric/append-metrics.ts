import { mergeChunks, packSeries, summarize, type NamedSeries, type Series, type Summary } from '@thaw/series';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../connect';
import { isId } from '../../id';
import { metricBatch, metricChunk, metricSeries, run } from '../../schema';
import { ensureKeys } from '../key/ensure-keys';
import { notify } from '../notify';
import { readChunks } from './read-chunks';

export interface MetricBatch {
  runId: string;
  batchId: string;
  leaseToken: string | null;
  series: readonly NamedSeries[];
}

export type AppendedMetrics = { ok: true; accepted: number } | { ok: false; reason: 'RUN_UNKNOWN' | 'RUN_ENDED' | 'LEASE_LOST' };

/** Stores a batch whole or not at all, and once however often it is sent. */
export function appendMetrics(db: Database, { runId, batchId, leaseToken, series }: MetricBatch): Promise<AppendedMetrics> {
  if (!isId(runId)) return Promise.resolve({ ok: false, reason: 'RUN_UNKNOWN' });
  return db.transaction(async (tx): Promise<AppendedMetrics> => {
    // Batches of one run are stored one after the other, so that summaries and chunk order are right.
    const [owner] = await tx
      .select({ status: run.status, leaseToken: run.leaseToken, claim: run.claims, projectId: run.projectId })
      .from(run)
      .where(eq(run.id, runId))
      .for('no key update');
    if (!owner) return { ok: false, reason: 'RUN_UNKNOWN' };
    if (owner.leaseToken !== leaseToken) return { ok: false, reason: isEnded(owner.status) ? 'RUN_ENDED' : 'LEASE_LOST' };
    const { claim } = owner;
    const [known] = await tx
      .select({ accepted: metricBatch.accepted })
      .from(metricBatch)
      .where(and(eq(metricBatch.runId, runId), eq(metricBatch.claim, claim), eq(metricBatch.batchId, batchId)));
    if (known) return { ok: true, accepted: known.accepted };
    if (isEnded(owner.status)) return { ok: false, reason: 'RUN_ENDED' };
    if (owner.status !== 'RUNNING') return { ok: false, reason: 'LEASE_LOST' };

    const byKey = joinKeys(series);
    const accepted = series.reduce((sum, { steps }) => sum + steps.length, 0);
    await tx.insert(metricBatch).values({ runId, claim, batchId, accepted });
    if (accepted > 0) {
      const keys = await ensureKeys(tx, owner.projectId, 'METRIC', [...byKey.keys()]);
      const summaries = await continueSummaries(tx, runId, claim, byKey, keys);
      const seriesIds = await writeSummaries(tx, runId, claim, summaries, keys);
      await insertChunks(tx, seriesIds, claim, byKey, keys);
      await notify(tx, 'metricsAppended', runId);
    }
    return { ok: true, accepted };
  });
}

const isEnded = (status: string) => status === 'FINISHED' || status === 'FAILED' || status === 'CANCELLED';

/** Columns of the same key in one batch are one chunk. */
function joinKeys(series: readonly NamedSeries[]): Map<string, Series> {
  const byKey = new Map<string, Series>();
  for (const { key, steps, times, values } of series) {
    if (steps.length === 0) continue;
    const before = byKey.get(key) ?? { steps: [], times: [], values: [] };
    byKey.set(key, { steps: before.steps.concat(steps), times: before.times.concat(times), values: before.values.concat(values) });
  }
  return byKey;
}

/** Points that follow in order continue the stored summary; anything else is summed up anew from the chunks. */
async function continueSummaries(tx: Executor, runId: string, claim: number, byKey: Map<string, Series>, keyIds: Map<string, number>): Promise<Map<string, Summary>> {
  const keys = [...byKey.keys()];
  const stored = await tx.select().from(metricSeries).where(and(eq(metricSeries.runId, runId), inArray(metricSeries.keyId, [...keyIds.values()])));
  const byId = new Map(stored.map((row) => [row.keyId, row]));
  const before = new Map(keys.flatMap((key) => (byId.has(keyIds.get(key)!) ? [[key, byId.get(keyIds.get(key)!)!] as const] : [])));
  const follows = (key: string) => {
    const { steps } = byKey.get(key)!;
    const summary = before.get(key);
    return isRising(steps) && (!summary || (summary.claim === claim && steps[0]! > summary.lastStep));
  };
  const disturbed = keys.filter((key) => !follows(key));
  const chunks = disturbed.length > 0 ? await readChunks(tx, [runId], disturbed) : [];
  return new Map(
    keys.map((key) => {
      const series = byKey.get(key)!;
      if (!disturbed.includes(key)) return [key, summarize(series, before.get(key))!];
      return [key, summarize(mergeChunks([...chunks.filter((chunk) => chunk.key === key), { ...series, claim }]))!];
    }),
  );
}

const isRising = (steps: readonly number[]) => steps.every((step, index) => index === 0 || step > steps[index - 1]!);

async function insertChunks(tx: Executor, seriesIds: Map<number, number>, claim: number, byKey: Map<string, Series>, keys: Map<string, number>): Promise<void> {
  const rows = [...byKey].map(([key, { steps, times, values }]) => ({
    seriesId: seriesIds.get(keys.get(key)!)!,
    claim,
    count: steps.length,
    firstStep: least(steps),
    lastStep: greatest(steps),
    points: packSeries({ steps, times, values }),
  }));
  // Postgres takes 65,535 parameters a statement; a chunk has 9.
  for (let start = 0; start < rows.length; start += 5000) await tx.insert(metricChunk).values(rows.slice(start, start + 5000));
}

// Math.min(...steps) would overflow the stack on a long batch.
const least = (steps: readonly number[]) => steps.reduce((a, b) => (b < a ? b : a));
const greatest = (steps: readonly number[]) => steps.reduce((a, b) => (b > a ? b : a));

async function writeSummaries(tx: Executor, runId: string, claim: number, summaries: Map<string, Summary>, keys: Map<string, number>): Promise<Map<number, number>> {
  const rows = [...summaries].map(([key, summary]) => ({ runId, keyId: keys.get(key)!, claim, ...only(summary) }));
  const ids = new Map<number, number>();
  const excluded = (column: string) => sql.raw(`excluded.${column}`);
  for (let start = 0; start < rows.length; start += 5000) {
    const written = await tx
      .insert(metricSeries)
      .values(rows.slice(start, start + 5000))
      .onConflictDoUpdate({
        target: [metricSeries.runId, metricSeries.keyId],
        set: {
          claim: excluded('claim'), count: excluded('count'), last: excluded('last'), lastStep: excluded('last_step'),
          min: excluded('min'), minStep: excluded('min_step'), max: excluded('max'), maxStep: excluded('max_step'),
        },
      })
      .returning({ id: metricSeries.id, keyId: metricSeries.keyId });
    for (const { id, keyId } of written) ids.set(keyId, id);
  }
  return ids;
}

/** A continued summary still carries the key and claim of its row. */
const only = ({ count, last, lastStep, min, minStep, max, maxStep }: Summary): Summary => ({ count, last, lastStep, min, minStep, max, maxStep });
