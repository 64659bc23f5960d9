import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import type { FreshChunks } from './fresh-series';

/** Series with many small chunks: what a process that ended left uncompacted. Reads every chunk's row, but no points. */
export async function findScatteredSeries(db: Executor): Promise<FreshChunks[]> {
  const { rows } = await db.execute<{ seriesId: string; chunks: number; points: string }>(
    sql`/* findScatteredSeries */ select series_id as "seriesId", count(*)::int as chunks, sum(count) as points from metric_chunk where extremes is null group by series_id having count(*) >= 8`,
  );
  return rows.map(({ seriesId, chunks, points }) => ({ seriesId: Number(seriesId), chunks, points: Number(points) }));
}
