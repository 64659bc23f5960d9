import { extremesOf, packSeries, rollUp, type Series } from '@thaw/series';
import type { FreshChunks } from './fresh-series';
import type { Growth } from './growth';
import { all, ask, list, type Client } from './statement';

/** A chunk that comes this large is packed to stay. */
const large = 2048;

export interface PackedChunk {
  points: Uint8Array;
  rollup: Uint8Array | null;
  extremes: Uint8Array | null;
}

/** A chunk of fewer points is its own roll-up. */
const smallestRolledUp = 512;

/** Roll-ups are small and read by the thousand: deflating them would save little and cost every reader. */
export function packToStay(series: Series): PackedChunk {
  return {
    points: packSeries(series, { compact: true }),
    rollup: series.steps.length < smallestRolledUp ? null : packSeries(rollUp(series)),
    extremes: packSeries(extremesOf(series)),
  };
}

/** From here on deflating saves more, in what is written and soon dead, than it costs. */
const worthDeflating = 500;

const packFresh = (series: Series): PackedChunk =>
  series.steps.length >= large ? packToStay(series) : { points: packSeries(series, { compact: series.steps.length >= worthDeflating }), rollup: null, extremes: null };

const text = `with given as (
  select * from unnest($1::uuid[], $2::int[], $3::int[], $4::bigint[], $5::float8[], $6::bigint[], $7::float8[], $8::bigint[], $9::float8[], $10::bigint[])
), written as (
  insert into metric_series (run_id, key_id, claim, count, last, last_step, min, min_step, max, max_step) select * from given
  on conflict (run_id, key_id) do update set claim = excluded.claim, count = excluded.count, last = excluded.last, last_step = excluded.last_step,
    min = excluded.min, min_step = excluded.min_step, max = excluded.max, max_step = excluded.max_step
  returning id, run_id, key_id
), added as (
  insert into metric_chunk (series_id, claim, count, first_step, last_step, points, rollup, extremes)
  select w.id, c.claim, c.count, c.first_step, c.last_step,
    substring($17::bytea from c.at for c.points), substring($17::bytea from c.at + c.points for c.rollup), substring($17::bytea from c.at + c.points + coalesce(c.rollup, 0) for c.extremes)
  from unnest($11::uuid[], $12::int[], $13::int[], $14::int[], $15::bigint[], $16::bigint[], $18::int[], $19::int[], $20::int[], $21::int[])
    with ordinality as c(run_id, key_id, claim, count, first_step, last_step, at, points, rollup, extremes, arrival)
  join written w on w.run_id = c.run_id and w.key_id = c.key_id
  order by c.arrival
)
select id, run_id, key_id from written`;

/** Series of one statement: its join compares each chunk with each of them. */
const mostAtOnce = 300;

/** Packed and ready to send: sending cannot fail halfway for a reason of ours. */
export function prepareWrites(growths: readonly Growth[]): Write[] {
  const writes: Write[] = [];
  for (let from = 0; from < growths.length; from += mostAtOnce) writes.push(prepareWrite(growths.slice(from, from + mostAtOnce)));
  return writes;
}

/** Every statement is on its way when this returns: on a pipelined connection a commit may follow at once. */
export async function sendWrites(client: Client, writes: readonly Write[]): Promise<FreshChunks[]> {
  const written = await all(writes.map(({ values }) => ask<[id: string, runId: string, keyId: number]>(client, 'writeMetricSeries', text, values)));
  return writes.flatMap(({ added }, index) => written[index]!.map(([id, runId, keyId]) => ({ seriesId: Number(id), ...added.get(`${runId} ${keyId}`)! })));
}

export interface Write {
  values: unknown[];
  /** By "run key": what the statement adds. */
  added: Map<string, Omit<FreshChunks, 'seriesId'>>;
}

/** Summaries and chunks in one statement; the bytes of all chunks travel as one parameter. */
function prepareWrite(growths: readonly Growth[]): Write {
  const summaries = growths.map(({ summary }) => summary!);
  const chunks = growths.flatMap((growth) => growth.chunks().map((series) => ({ growth, series, packed: packFresh(series) })));
  const bytes: Uint8Array[] = [];
  let end = 1;
  const starts = chunks.map(({ packed: { points, rollup, extremes } }) => {
    const start = end;
    for (const part of [points, rollup, extremes]) {
      if (!part) continue;
      bytes.push(part);
      end += part.length;
    }
    return start;
  });
  const values = [
    list(growths.map(({ runId }) => runId)),
    list(growths.map(({ keyId }) => keyId)),
    list(growths.map(({ claim }) => claim)),
    list(summaries.map(({ count }) => count)),
    list(summaries.map(({ last }) => last)),
    list(summaries.map(({ lastStep }) => lastStep)),
    list(summaries.map(({ min }) => min)),
    list(summaries.map(({ minStep }) => minStep)),
    list(summaries.map(({ max }) => max)),
    list(summaries.map(({ maxStep }) => maxStep)),
    list(chunks.map(({ growth }) => growth.runId)),
    list(chunks.map(({ growth }) => growth.keyId)),
    list(chunks.map(({ growth }) => growth.claim)),
    list(chunks.map(({ series }) => series.steps.length)),
    list(chunks.map(({ series }) => series.steps[0]!)),
    list(chunks.map(({ series }) => series.steps.at(-1)!)),
    Buffer.concat(bytes),
    list(starts),
    list(chunks.map(({ packed }) => packed.points.length)),
    list(chunks.map(({ packed }) => packed.rollup?.length ?? null)),
    list(chunks.map(({ packed }) => packed.extremes?.length ?? null)),
  ];
  const added = new Map(growths.map(({ runId, keyId }) => [`${runId} ${keyId}`, { chunks: 0, points: 0 }]));
  for (const { growth, series } of chunks) {
    const own = added.get(`${growth.runId} ${growth.keyId}`)!;
    own.chunks++;
    own.points += series.steps.length;
  }
  return { values, added };
}
