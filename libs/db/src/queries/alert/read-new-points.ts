import { unpackSeries, type Series } from '@thaw/series';
import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

export interface NewChunk {
  key: string;
  seq: number;
  points: Series;
}

/** Chunks of one run read at once; each has some 4096 points at most. */
export const chunksAtOnce = 32;

/**
 * What was logged to each run after a seq, in order of arrival; key: only that metric. A chunk made of others may begin
 * with points from before, never the other way round: its seq is the highest of theirs.
 */
export async function readNewPoints(db: Executor, since: ReadonlyMap<string, number>, key: string | null): Promise<Map<string, NewChunk[]>> {
  const { rows } = await db.execute<{ run_id: string; name: string; seq: string; points: Buffer }>(sql`/* readNewPoints */
    select since.run_id, chunk.name, chunk.seq, chunk.points
    from unnest(${sql.param([...since.keys()])}::uuid[], ${sql.param([...since.values()])}::bigint[]) since(run_id, seq) cross join lateral (
      select key.name, chunk.seq, chunk.points from metric_series series join key on key.id = series.key_id join metric_chunk chunk on chunk.series_id = series.id
      where series.run_id = since.run_id and chunk.seq > since.seq ${key === null ? sql`` : sql`and key.name = ${key}`}
      order by chunk.seq limit ${chunksAtOnce}
    ) chunk
    order by since.run_id, chunk.seq`);
  const byRun = new Map<string, NewChunk[]>();
  for (const { run_id: runId, name, seq, points } of rows) {
    const chunk = { key: name, seq: Number(seq), points: unpackSeries(points) };
    const before = byRun.get(runId);
    if (before) before.push(chunk);
    else byRun.set(runId, [chunk]);
  }
  return byRun;
}
