import type { NamedSeries } from '@thaw/series';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { digestOf } from './batch-digest';
import { groupCommit } from './group-commit';

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
