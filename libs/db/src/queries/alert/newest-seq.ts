import { type SQL, sql } from 'drizzle-orm';

/** The seq of a run's newest chunk, of one metric or of all; one look into an index for each series. For a lateral join. */
export const newestSeq = (runId: SQL, keys: SQL = sql`true`): SQL => sql`(
  select max(newest.seq) as seq from metric_series series join key on key.id = series.key_id
  cross join lateral (select chunk.seq from metric_chunk chunk where chunk.series_id = series.id order by chunk.seq desc limit 1) newest
  where series.run_id = ${runId} and ${keys})`;

export const ofKey = (key: string | null): SQL => (key === null ? sql`true` : sql`key.name = ${key}`);

/** The machine is measured whether a run gets on or not. */
export const ofProgress = (key: string | null): SQL => (key === null ? sql`key.name not like 'system/%'` : ofKey(key));
