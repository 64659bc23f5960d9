import { before, claimLimits, findStep, mergeChunks, mergeSeries, pickPoints, summarize, unpackSeries, type Chunk, type Series, type Summary } from '@thaw/series';
import type { Growth } from './growth';
import { ask, list, type Client } from './statement';

type ChunkRow = [seq: string, claim: number, count: number, firstStep: string, lastStep: string, extremes: Buffer | null, points: Buffer | null];

/** Chunks read at once; each has some 4096 points. */
const chunksAtOnce = 32;

/**
 * The summary of a series whose points came out of order, were logged again or belong to a new claim. Large chunks that
 * the new points do not touch count by their extremes: a long series is never read whole.
 */
export async function repairSummary(client: Client, growth: Growth): Promise<Summary> {
  const added: Chunk[] = growth.chunks().map((series) => ({ ...series, claim: growth.claim }));
  if (growth.seriesId === null) return summarize(mergeChunks(added))!;
  // Compaction waits, so that no chunk goes between the two reads.
  await ask(client, 'lockMetricSeries', 'select 1 from metric_series where id = $1 for no key update', [growth.seriesId]);
  const rows = await ask<ChunkRow>(
    client,
    'findSeriesChunks',
    'select seq, claim, count, first_step, last_step, extremes, case when extremes is null then points end from metric_chunk where series_id = $1 order by seq',
    [growth.seriesId],
  );
  const stored = rows.map(([seq, claim, count, firstStep, lastStep, extremes, points]) => ({ seq, claim, count, firstStep: Number(firstStep), lastStep: Number(lastStep), extremes, points }));
  const limits = claimLimits([...stored, ...added.map(({ claim, steps }) => ({ claim, firstStep: steps[0]! }))]);

  const fresh: Chunk[] = stored.flatMap(({ claim, points }) => (points ? [{ claim, ...unpackSeries(points) }] : []));
  const recent = mergeSeries([...fresh, ...added].map((chunk) => before(chunk, limits.get(chunk.claim)!)));
  let summary = summarize(recent);
  const touched: typeof stored = [];
  for (const chunk of stored) {
    const limit = limits.get(chunk.claim)!;
    if (chunk.points || chunk.firstStep >= limit) continue;
    if (chunk.lastStep >= limit || findStep(recent.steps, chunk.firstStep) < findStep(recent.steps, chunk.lastStep + 1)) touched.push(chunk);
    else summary = combine(summary, summarize(unpackSeries(chunk.extremes!), null, chunk.count));
  }
  for (let from = 0; from < touched.length; from += chunksAtOnce) {
    const some = touched.slice(from, from + chunksAtOnce);
    const read = await ask<[claim: number, points: Buffer]>(client, 'readSeriesChunks', 'select claim, points from metric_chunk where series_id = $1 and seq = any($2::bigint[])', [growth.seriesId, list(some.map(({ seq }) => seq))]);
    for (const [claim, points] of read) summary = combine(summary, summarize(without(before(unpackSeries(points), limits.get(claim)!), recent.steps)));
  }
  return summary!;
}

/** The points whose step is none of these, which rise. */
function without(series: Series, steps: Float64Array): Series {
  const kept = Array.from(series.steps.keys()).filter((index) => steps[findStep(steps, series.steps[index]!)] !== series.steps[index]);
  return pickPoints(series, kept);
}

/** Of two parts of a series that share no step. */
function combine(a: Summary | null, b: Summary | null): Summary | null {
  if (!a || !b) return a ?? b;
  const later = a.lastStep > b.lastStep ? a : b;
  const lower = isBeyond(a.min, a.minStep, b.min, b.minStep, 1) ? a : b;
  const higher = isBeyond(a.max, a.maxStep, b.max, b.maxStep, -1) ? a : b;
  return { count: a.count + b.count, last: later.last, lastStep: later.lastStep, min: lower.min, minStep: lower.minStep, max: higher.max, maxStep: higher.maxStep };
}

/** Whether the first of two extremes is the more extreme one; of equal ones that of the lower step counts. */
const isBeyond = (value: number | null, step: number | null, other: number | null, otherStep: number | null, sign: 1 | -1) =>
  value !== null && (other === null || sign * value < sign * other || (value === other && step! < otherStep!));
