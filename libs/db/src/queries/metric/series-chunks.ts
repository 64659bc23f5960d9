import type { PoolClient } from 'pg';
import { ask, list } from './statement';

/** How much of a large chunk is read; small ones are read whole. */
export const level = { none: 0, points: 1, rollup: 2, extremes: 3 } as const;
export type Level = (typeof level)[keyof typeof level];

export interface SeriesFacts {
  id: number;
  runId: string;
  key: string;
  count: number;
  /** Seconds since 1970-01-01 UTC; null for a run that has not started. */
  startedAt: number | null;
}

const facts = 'select s.id, s.run_id, k.name, s.count, extract(epoch from r.started_at)::float8';

const ofRuns = `${facts}
from run r join metric_series s on s.run_id = r.id join key k on k.id = s.key_id
where r.id = any($1::uuid[]) and r.deleted_at is null`;

// The runs and keys are found first: left to itself the planner walks all series of a key and looks for each among the ids.
const ofKeys = `with r as materialized (
  select r.id, r.project_id, r.started_at from unnest($1::uuid[]) as a(id) join run r on r.id = a.id where r.deleted_at is null
), k as materialized (
  select k.id, k.project_id, k.name from key k
  where k.kind = 'METRIC' and k.name = any($3::text[]) and k.project_id in (select project_id from r)
)
${facts}
from r join k on k.project_id = r.project_id join metric_series s on s.run_id = r.id and s.key_id = k.id`;

/** keys: all of them when null. One more than `most` at most, so that the caller notices. */
export async function findSeries(client: PoolClient, runIds: readonly string[], keys: readonly string[] | null, most: number): Promise<SeriesFacts[]> {
  const rows = await ask<[id: string, runId: string, key: string, count: string, startedAt: number | null]>(
    client,
    keys ? 'findSeriesOfKeys' : 'findSeriesOfRuns',
    `${keys ? ofKeys : ofRuns} limit $2`,
    [list(runIds), most + 1, ...(keys ? [keys] : [])],
  );
  return rows.map(([id, runId, key, count, startedAt]) => ({ id: Number(id), runId, key, count: Number(count), startedAt }));
}

export interface ChunkOfSeries {
  seq: number;
  claim: number;
  count: number;
  firstStep: number;
  lastStep: number;
  /** Large: no two such chunks of a series share a step range. */
  compacted: boolean;
  /** Packed: of a small chunk its points, if they lie in the range; of a large one what was asked for. */
  bytes: Buffer | null;
}

type Row = [seriesId: string, seq: string, claim: number, count: number, firstStep: string, lastStep: string, compacted: boolean, bytes: Buffer | null];

const choice = 'case w.level when 3 then c.extremes when 2 then coalesce(c.rollup, c.points) when 1 then c.points end';

/** The chunks of each series, in order of arrival. */
export async function readChunksAt(client: PoolClient, wanted: readonly { id: number; level: Level }[], from: number, to: number): Promise<Map<number, ChunkOfSeries[]>> {
  const rows = await ask<Row>(
    client,
    'readChunksAt',
    `select c.series_id, c.seq, c.claim, c.count, c.first_step, c.last_step, c.extremes is not null,
  case when c.extremes is not null then ${choice} when c.last_step >= $3 and c.first_step <= $4 then c.points end
from unnest($1::bigint[], $2::int[]) as w(id, level) join metric_chunk c on c.series_id = w.id`,
    [list(wanted.map(({ id }) => id)), list(wanted.map((each) => each.level)), from, to],
  );
  const bySeries = new Map<number, ChunkOfSeries[]>(wanted.map(({ id }) => [id, []]));
  for (const [seriesId, seq, claim, count, firstStep, lastStep, compacted, bytes] of rows) {
    bySeries.get(Number(seriesId))!.push({ seq: Number(seq), claim, count, firstStep: Number(firstStep), lastStep: Number(lastStep), compacted, bytes });
  }
  for (const chunks of bySeries.values()) chunks.sort((a, b) => a.seq - b.seq);
  return bySeries;
}

export interface WantedBytes {
  seriesId: number;
  seq: number;
  level: Level;
}

/** By "series seq". */
export async function readBytes(client: PoolClient, wanted: readonly WantedBytes[]): Promise<Map<string, Buffer>> {
  const rows = await ask<[seriesId: string, seq: string, bytes: Buffer]>(
    client,
    'readChunkBytes',
    `select c.series_id, c.seq, ${choice} from unnest($1::bigint[], $2::bigint[], $3::int[]) as w(id, seq, level) join metric_chunk c on c.series_id = w.id and c.seq = w.seq`,
    [list(wanted.map(({ seriesId }) => seriesId)), list(wanted.map(({ seq }) => seq)), list(wanted.map((each) => each.level))],
  );
  return new Map(rows.map(([seriesId, seq, bytes]) => [`${seriesId} ${seq}`, bytes]));
}
