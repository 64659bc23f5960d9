import { unpackSeries, type Series } from '@thaw/series';
import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

export interface NewChunk {
  key: string;
  seq: number;
  points: Series;
}

/** Chunks read at once: some 130,000 points at most. */
export const chunksAtOnce = 32;

/**
 * What was logged to a run after a seq, in order of arrival; key: only that metric. A chunk made of others may begin with
 * points from before, never the other way round: its seq is the highest of theirs.
 */
export async function readNewPoints(db: Executor, runId: string, key: string | null, after: number): Promise<NewChunk[]> {
  const { rows } = await db.execute<{ name: string; seq: string; points: Buffer }>(sql`/* readNewPoints */
    select key.name, chunk.seq, chunk.points from metric_series series join key on key.id = series.key_id join metric_chunk chunk on chunk.series_id = series.id
    where series.run_id = ${runId} and chunk.seq > ${after} ${key === null ? sql`` : sql`and key.name = ${key}`}
    order by chunk.seq limit ${chunksAtOnce}`);
  return rows.map(({ name, seq, points }) => ({ key: name, seq: Number(seq), points: unpackSeries(points) }));
}
