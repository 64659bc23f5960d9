import { before, mergeSeries, slicePoints, unpackSeries, packSeries, type Series } from '@thaw/series';
import type { PoolClient } from 'pg';
import type { Database } from '../../connect';
import { type ChunkFacts, type ChunkGroup, type CompactionPlan, planCompaction } from './compaction-plan';
import { fullChunk } from './growth';
import { ask, list, pipelined, together } from './statement';
import { packToStay } from './write-series';

export interface Compacted {
  /** Chunks that are gone; 0 when there was nothing to do, or another process did it. */
  replaced: number;
  /** What is left of small chunks. */
  left: { chunks: number; points: number };
}

/**
 * Makes full chunks of the small ones of a series that came up to a seq. Appending goes on meanwhile; a reader sees a group's
 * old chunks or its new ones, never both or neither.
 */
export async function compactSeries(db: Database, seriesId: number, upTo: number, { partial = false } = {}): Promise<Compacted> {
  const client = await db.$client.connect();
  try {
    const rows = await ask<[seq: string, firstSeq: string, claim: number, count: number, firstStep: string, lastStep: string, compacted: boolean]>(
      client,
      'findChunkFacts',
      'select seq, coalesce(first_seq, seq), claim, count, first_step, last_step, extremes is not null from metric_chunk where series_id = $1',
      [seriesId],
    );
    const chunks = rows.map(([seq, firstSeq, claim, count, firstStep, lastStep, compacted]): ChunkFacts => ({ seq: Number(seq), firstSeq: Number(firstSeq), claim, count, firstStep: Number(firstStep), lastStep: Number(lastStep), compacted }));
    const plan = planCompaction(chunks, upTo, partial);
    let replaced = 0;
    if (plan.drop.length > 0 && (await swap(client, seriesId, plan.drop, []))) replaced += plan.drop.length;
    for (const group of plan.groups) if (await swap(client, seriesId, group.parts, await merge(client, seriesId, group, plan))) replaced += group.parts.length;
    const gone = new Set([...plan.drop, ...plan.groups.flatMap(({ parts }) => parts)]);
    const small = chunks.filter((chunk) => !chunk.compacted && !gone.has(chunk));
    return { replaced, left: { chunks: small.length, points: small.reduce((sum, { count }) => sum + count, 0) } };
  } finally {
    client.release();
  }
}

interface NewChunk {
  seq: number;
  firstSeq: number;
  claim: number;
  series: Series;
  points: Uint8Array;
  rollup: Uint8Array | null;
  extremes: Uint8Array | null;
}

async function merge(client: PoolClient, seriesId: number, { parts, disjoint }: ChunkGroup, { limits }: CompactionPlan): Promise<NewChunk[]> {
  const rows = await ask<[claim: number, points: Buffer]>(client, 'readChunksToMerge', 'select claim, points from metric_chunk where series_id = $1 and seq = any($2::bigint[]) order by seq', [seriesId, list(parts.map(({ seq }) => seq))]);
  const merged = mergeSeries(rows.map(([claim, points]) => before(unpackSeries(points), limits.get(claim)!)));
  const { length } = merged.steps;
  if (length === 0) return [];
  // Each new chunk takes the seq of an old one; the last has the highest, so that a cursor within shows.
  const pieces = Math.min(parts.length, Math.max(1, Math.floor(length / fullChunk)));
  const seqs = parts.map(({ seq }) => seq).sort((a, b) => a - b).slice(-pieces);
  const firstSeq = Math.min(...parts.map((part) => part.firstSeq));
  const { claim } = parts[0]!;
  return seqs.map((seq, index) => {
    const series = slicePoints(merged, Math.floor((index * length) / pieces), Math.floor(((index + 1) * length) / pieces));
    return { seq, firstSeq, claim, series, ...(disjoint ? packToStay(series) : { points: packSeries(series, { compact: true }), rollup: null, extremes: null }) };
  });
}

/** False, and nothing has changed, when another process has replaced one of the old chunks. */
const swap = (client: PoolClient, seriesId: number, old: readonly ChunkFacts[], made: readonly NewChunk[]): Promise<boolean> => pipelined(client, () => replace(client, seriesId, old, made));

async function replace(client: PoolClient, seriesId: number, old: readonly ChunkFacts[], made: readonly NewChunk[]): Promise<boolean> {
  try {
    const [, , gone] = await together(client, () => [
      client.query('begin'),
      // Who repairs a summary reads chunks twice: none may go between.
      ask(client, 'lockMetricSeries', 'select 1 from metric_series where id = $1 for no key update', [seriesId]),
      ask(client, 'deleteChunks', 'delete from metric_chunk where series_id = $1 and seq = any($2::bigint[]) returning seq', [seriesId, list(old.map(({ seq }) => seq))]),
    ]);
    if (gone.length !== old.length) {
      await client.query('rollback');
      return false;
    }
    await together(client, () => [...made.map((chunk) => insert(client, seriesId, chunk)), client.query('commit')]);
    return true;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

const insert = (client: PoolClient, seriesId: number, { seq, firstSeq, claim, series, points, rollup, extremes }: NewChunk) =>
  ask(client, 'insertCompactedChunk', 'insert into metric_chunk (series_id, seq, first_seq, claim, count, first_step, last_step, points, rollup, extremes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
    seriesId, seq, firstSeq, claim, series.steps.length, series.steps[0]!, series.steps.at(-1)!, points, rollup, extremes,
  ]);
