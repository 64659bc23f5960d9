import { eq, sql } from 'drizzle-orm';
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { key, metricSeries, run, type RunRow } from '../../schema';
import { notify } from '../notify';

export interface RunEnd {
  status: 'FINISHED' | 'FAILED' | 'CANCELLED';
  error: string | null;
  /** null: the last value of each metric. */
  finalMetrics: RunRow['finalMetrics'] | null;
  /** null: now. */
  endedAt: Date | null;
}

export type FinishedRun =
  | { ok: true; run: RunRow }
  | { ok: false; reason: 'RUN_UNKNOWN' }
  | { ok: false; reason: 'RUN_DELETED' | 'RUN_MANAGED' | 'RUN_ENDED' | 'ENDS_BEFORE_START'; run: RunRow };

/** How many metrics end up in final_metrics by themselves: the column is read with every list of runs. */
export const mostFinalMetrics = 1000;

export const endReasons = { FINISHED: 'COMPLETED', FAILED: 'ERROR', CANCELLED: 'CANCELLED' } as const;

/** Ends an external run. The same end again is harmless. */
export function finishRun(db: Database, runId: string, end: RunEnd): Promise<FinishedRun> {
  if (!isId(runId)) return Promise.resolve({ ok: false, reason: 'RUN_UNKNOWN' });
  return db.transaction(async (tx): Promise<FinishedRun> => {
    // Held first and written in a second statement, which therefore sees the metrics of a batch that was just being stored.
    const [before] = await tx.select().from(run).where(eq(run.id, runId)).for('no key update');
    if (!before) return { ok: false, reason: 'RUN_UNKNOWN' };
    if (before.deletedAt) return { ok: false, reason: 'RUN_DELETED', run: before };
    if (before.kind !== 'EXTERNAL') return { ok: false, reason: 'RUN_MANAGED', run: before };
    if (before.status !== 'RUNNING') return isSameEnd(before, end) ? { ok: true, run: before } : { ok: false, reason: 'RUN_ENDED', run: before };
    if (end.endedAt && before.startedAt && end.endedAt < before.startedAt) return { ok: false, reason: 'ENDS_BEFORE_START', run: before };
    const [row] = await tx
      .update(run)
      .set({
        status: end.status,
        endReason: endReasons[end.status],
        error: end.error,
        endedAt: end.endedAt ?? sql`now()`,
        finalMetrics: end.finalMetrics ?? lastValues(runId),
      })
      .where(eq(run.id, runId))
      .returning();
    await notify(tx, 'runChanged', runId);
    return { ok: true, run: row! };
  });
}

/** What the caller left out may be anything. */
function isSameEnd({ status, error, finalMetrics, endedAt }: RunRow, end: RunEnd): boolean {
  return (
    status === end.status &&
    (end.error === null || end.error === error) &&
    (end.finalMetrics === null || isDeepStrictEqual(finalMetrics, end.finalMetrics)) &&
    (end.endedAt === null || end.endedAt.getTime() === endedAt?.getTime())
  );
}

/** to_jsonb writes NaN and the infinities as strings, just as MetricNumber does. */
const lastValues = (runId: string) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('key', name, 'value', last) order by name), '[]'::jsonb)
  from (
    select ${key.name}, ${metricSeries.last} from ${metricSeries} join ${key} on ${key.id} = ${metricSeries.keyId}
    where ${metricSeries.runId} = ${runId} order by ${key.name} limit ${mostFinalMetrics}
  ) summary
)`;
