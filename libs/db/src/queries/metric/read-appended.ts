import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** What was logged to one run after a seq. */
export interface AppendedChunks {
  /** In order of arrival; empty when reset. */
  chunks: AppendedChunk[];
  /** The seq to go on from. */
  to: number;
  /** It cannot be told as a delta: compaction melted old and new together, or it is more than anyone wants as one. */
  reset: boolean;
}

export interface AppendedChunk {
  key: string;
  claim: number;
  seq: number;
  count: number;
  /** Packed by @thaw/series. */
  points: Uint8Array;
}

/** Of one run at once; a reader that missed more does better to read the series downsampled. */
export const mostPointsOfRun = 100_000;
/** Of all runs at once; the rest comes with the next read. */
export const mostPointsAtOnce = 200_000;

/** What came after the seq of each run; runs without anything new are missing. more: not everything fitted. */
export async function readAppended(db: Executor, since: ReadonlyMap<string, number>): Promise<{ byRun: Map<string, AppendedChunks>; more: boolean }> {
  const byRun = new Map<string, AppendedChunks>();
  if (since.size === 0) return { byRun, more: false };
  const { rows } = await db.execute<Row>(sql`/* readAppended */
    select counted.run_id, key.name as key, counted.claim, counted.seq, counted.count, counted.reset, counted.newest, counted.total,
      case when counted.reset then null else counted.points end as points
    from (
      select fresh.*,
        sum(case when reset then 0 else count end) over (order by seq) - case when reset then 0 else count end as before,
        sum(case when reset then 0 else count end) over () as total
      from (
        select since.run_id, series.key_id, chunk.claim, chunk.seq, chunk.count, chunk.points,
          coalesce(bool_or(chunk.first_seq <= since.seq) over run, false) or sum(chunk.count) over run > ${mostPointsOfRun} as reset,
          max(chunk.seq) over run as newest
        from unnest(${sql.param([...since.keys()])}::uuid[], ${sql.param([...since.values()])}::bigint[]) as since(run_id, seq)
        join metric_series series on series.run_id = since.run_id
        join metric_chunk chunk on chunk.series_id = series.id and chunk.seq > since.seq
        window run as (partition by since.run_id)
      ) fresh
    ) counted
    join key on key.id = counted.key_id
    where counted.before < ${mostPointsAtOnce} and (not counted.reset or counted.seq = counted.newest)
    order by counted.seq`);
  for (const { run_id: runId, key, claim, count, reset, points, ...row } of rows) {
    const seq = Number(row.seq);
    const run = byRun.get(runId);
    if (reset) byRun.set(runId, { chunks: [], to: seq, reset });
    else if (run) run.chunks.push({ key, claim, seq, count, points: points! });
    else byRun.set(runId, { chunks: [{ key, claim, seq, count, points: points! }], to: seq, reset });
    byRun.get(runId)!.to = seq;
  }
  return { byRun, more: Number(rows[0]?.total ?? 0) > mostPointsAtOnce };
}

interface Row extends Record<string, unknown> {
  run_id: string;
  key: string;
  claim: number;
  seq: string;
  count: number;
  reset: boolean;
  total: string;
  points: Uint8Array | null;
}
