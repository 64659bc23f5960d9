import type { NamedSeries } from '@thaw/series';
import type { Database, Executor } from '../../connect';
import { isId } from '../../id';
import { notify } from '../notify';
import { digestOf } from './batch-digest';
import { groupCommit } from './group-commit';
import { clientOf, pipelined } from './statement';
import { answerBatches, growSeries } from './store-batches';
import { takeBatches } from './take-batches';
import { prepareWrites, sendWrites } from './write-series';

export interface MetricBatch {
  runId: string;
  batchId: string;
  leaseToken: string | null;
  series: readonly NamedSeries[];
}

export type AppendedMetrics = { ok: true; accepted: number } | { ok: false; reason: 'RUN_UNKNOWN' | 'RUN_DELETED' | 'RUN_ENDED' | 'LEASE_LOST' | 'BATCH_ID_REUSED' };

/** Stores a batch whole or not at all, and once however often it is sent. What waits at the same time shares a transaction. */
export async function appendMetrics(db: Database, batch: MetricBatch): Promise<AppendedMetrics> {
  if (!isId(batch.runId)) return { ok: false, reason: 'RUN_UNKNOWN' };
  return groupCommit(db).append({ ...batch, runId: batch.runId.toLowerCase(), digest: digestOf(batch.series) });
}

/** The same within a transaction of the caller's, which has to commit. */
export async function appendInTransaction(tx: Executor, batch: MetricBatch): Promise<AppendedMetrics> {
  if (!isId(batch.runId)) return { ok: false, reason: 'RUN_UNKNOWN' };
  const client = clientOf(tx);
  const own = { ...batch, runId: batch.runId.toLowerCase(), digest: digestOf(batch.series) };
  const taken = await takeBatches(client, [own]);
  const [answer] = await answerBatches(client, taken, [own]);
  const { growths } = await growSeries(client, taken, null);
  await pipelined(client, () => sendWrites(client, prepareWrites(growths)));
  if (growths.length > 0) await notify(tx, 'metricsAppended', own.runId);
  return answer!;
}
